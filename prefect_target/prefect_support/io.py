"""Storage classes at a task's edge: what an IO manager did, in plain sight.

Written by `migrate convert`; yours to edit.

    frame = load(parquet_store, "asset://workforce", partition_key)      # first lines of a task
    return store(parquet_store, "asset://summary", frame, partition_key)  # its last line

A storage class has `handle_output(context, value)` and `load_input(context)`; paths stay what they were.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

from prefect.assets import add_asset_metadata
from prefect.context import AssetContext
from prefect.runtime import flow_run, task_run

from .key_ranges import KeyRange
from .validations import plain, run_logger

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class AssetPath:
    """The parts of an asset's key: `asset://marts/orders` is `["marts", "orders"]`, and equal to it."""

    path: list[str]

    def __str__(self) -> str:
        return f"asset://{'/'.join(self.path)}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetPath | str) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def to_user_string(self) -> str:
        """The parts joined by slashes."""
        return "/".join(self.path)

    def to_python_identifier(self) -> str:
        """The parts joined by two underscores, with hyphens and dots made underscores."""
        return "__".join(self.path).replace("-", "_").replace(".", "_")


def path_of(asset: Any) -> AssetPath:
    """The path of a key as text or path, or of the task that makes it."""
    if isinstance(asset, AssetPath):
        return asset
    text = asset if isinstance(asset, str) else asset.assets[0].key
    return AssetPath(text.removeprefix("asset://").split("/"))


@dataclass(frozen=True)
class ValueType:
    """The type that a function says its value has: `Any` when it says none."""

    typing_type: Any

    @property
    def is_nothing(self) -> bool:
        """Whether there is no value."""
        return self.typing_type is None or self.typing_type is type(None)

    @property
    def display_name(self) -> str:
        """The type's name."""
        return str(getattr(self.typing_type, "__name__", self.typing_type))


@dataclass(frozen=True)
class IOContext:
    """What a storage class may ask: whose value it is, of which partition, in which run.

    Tasks hand over what their storage class asks, no more: `metadata` of the asset (or, when it is read, of
    the argument; `upstream` is the asset's then), the `name` of the output (of the argument; `upstream_name`
    is the output's then), the asset's `partitions`, the `kind` of the value, the `config` and the `resources`
    of the task.
    """

    asset: str
    key_of_partition: str | Sequence[str] | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    name: str = "result"
    upstream: Mapping[str, Any] | None = None
    upstream_name: str = "result"
    partitions: Any = None
    kind: Any = Any
    config: Any = None
    resources: Mapping[str, Any] = field(default_factory=dict)
    output_metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def asset_key(self) -> AssetPath:
        """The asset's key, without the `asset://`."""
        return AssetPath(self.asset.removeprefix("asset://").split("/"))

    @property
    def has_asset_key(self) -> bool:
        """True: a value without an asset is passed as an argument, not stored."""
        return True

    @property
    def has_partition_key(self) -> bool:
        """Whether the asset is partitioned."""
        return self.key_of_partition is not None

    has_asset_partitions = has_partition_key

    @property
    def asset_partition_keys(self) -> list[str]:
        """The partitions it is about; raises ValueError when the asset has none."""
        if self.key_of_partition is None:
            raise ValueError(f"{self.asset} has no partition")
        one = isinstance(self.key_of_partition, str)
        return [str(self.key_of_partition)] if one else list(self.key_of_partition)

    @property
    def partition_key(self) -> str:
        """The partition; raises ValueError when the asset has none, or when it is about several."""
        keys = self.asset_partition_keys
        if len(keys) != 1:
            raise ValueError(f"it is about {len(keys)} partitions of {self.asset}")
        return keys[0]

    asset_partition_key = partition_key

    @property
    def asset_partition_key_range(self) -> KeyRange:
        """From the first of its partitions to the last."""
        return KeyRange.of(self.asset_partition_keys)

    @property
    def asset_partitions_def(self) -> Any:
        """The partitions that the asset has; raises ValueError when it has none."""
        if self.partitions is None:
            raise ValueError(f"{self.asset} has no partitions")
        return self.partitions

    @property
    def asset_partitions_time_window(self) -> Any:
        """From the start of its first partition to the end of its last."""
        keys, partitions = self.asset_partition_keys, self.asset_partitions_def
        if hasattr(partitions, "parts"):  # one of several dimensions is time
            name, time = next((n, p) for n, p in partitions.dimensions.items() if hasattr(p, "windows"))
            return time.windows([partitions.parts(key)[name] for key in keys])
        return partitions.windows(keys)

    @property
    def upstream_output(self) -> OutputContext:
        """The context the value was stored with, as far as the reader knows it: one asset has one place."""
        known = {each.name: getattr(self, each.name) for each in fields(self)}
        return OutputContext(**{**known, "metadata": self.upstream or {}, "name": self.upstream_name})

    @property
    def definition_metadata(self) -> Mapping[str, Any]:
        """Another name of `metadata`."""
        return self.metadata

    @property
    def dagster_type(self) -> ValueType:
        """The type of the value, as the function's annotation has it."""
        return ValueType(self.kind)

    @property
    def step_context(self) -> IOContext:
        """The same: there is one context."""
        return self

    @property
    def op_config(self) -> Any:
        """The config of the task as a dictionary."""
        return self.config.model_dump() if hasattr(self.config, "model_dump") else self.config or {}

    @property
    def mapping_key(self) -> None:
        """None: a list of values is passed as an argument, not stored."""

    @property
    def version(self) -> None:
        """None: Prefect has no versions of values."""

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The logger of the run."""
        return run_logger()

    @property
    def run_id(self) -> str:
        """The id of the flow run, or an empty text outside of one."""
        return flow_run.id or ""

    @property
    def job_name(self) -> str:
        """The name of the flow, or an empty text outside of one."""
        return flow_run.flow_name or ""

    @property
    def step_key(self) -> str:
        """The asset's key as one word."""
        return self.asset_key.to_python_identifier()

    @property
    def op_def(self) -> SimpleNamespace:
        """The name of the task."""
        return SimpleNamespace(name=str(task_run.task_name))

    def get_asset_identifier(self) -> list[str]:
        """The parts of the key, and the partition if there is one: a path for a file."""
        return [*self.asset_key.path, *([self.partition_key] if self.key_of_partition else [])]

    get_asset_output_identifier = get_asset_identifier

    def get_identifier(self) -> list[str]:
        """A path of its own for each run: the run, the asset, the output."""
        return [self.run_id, self.step_key, self.name]

    get_run_scoped_output_identifier = get_output_identifier = get_identifier

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Attach facts to the asset, if the running task materialises it."""
        self.output_metadata.update(metadata)
        if AssetContext.get():
            add_asset_metadata(self.asset, {key: plain(value) for key, value in metadata.items()})


class InputContext(IOContext):
    """The context of a value that is read."""


class OutputContext(IOContext):
    """The context of a value that is written."""


class Storage(Protocol):
    """What `load` and `store` need of a storage class."""

    def handle_output(self, context: Any, obj: Any, /) -> Any:
        """Write the value to its place."""

    def load_input(self, context: Any, /) -> Any:
        """Read the value from its place."""


def load(
    storage: Storage,
    asset: str,
    partition_key: str | Sequence[str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    **told: Any,
) -> Any:
    """Read the value of an asset from where `store` put it; `told` are more fields of the context."""
    return storage.load_input(InputContext(asset, partition_key, metadata or {}, **told))


def store(
    storage: Storage,
    asset: str,
    value: T,
    partition_key: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    **told: Any,
) -> T:
    """Write the value of an asset to its place, and hand it back; `told` are more fields of the context."""
    storage.handle_output(OutputContext(asset, partition_key, metadata or {}, **told), value)
    return value
