"""Storage classes at a task's edge: what an IO manager did, in plain sight.

Written by `migrate convert`; yours to edit.

    frame = load(parquet_store, "asset://workforce", partition_key)      # first lines of a task
    return store(parquet_store, "asset://summary", frame, partition_key)  # its last line

A storage class has `handle_output(context, value)` and `load_input(context)`; paths stay what they were.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from prefect.assets import add_asset_metadata
from prefect.context import AssetContext
from prefect.runtime import flow_run

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


@dataclass(frozen=True)
class IOContext:
    """What a storage class may ask: whose value it is, of which partition, in which run."""

    asset: str
    key_of_partition: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    name: str = "result"

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
    def partition_key(self) -> str:
        """The partition; raises ValueError when the asset has none."""
        if self.key_of_partition is None:
            raise ValueError(f"{self.asset} has no partition")
        return self.key_of_partition

    asset_partition_key = partition_key

    @property
    def upstream_output(self) -> IOContext:
        """The context the value was stored with: the same, since one asset has one place."""
        return self

    @property
    def definition_metadata(self) -> Mapping[str, Any]:
        """Another name of `metadata`."""
        return self.metadata

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The logger of the run."""
        return run_logger()

    @property
    def run_id(self) -> str:
        """The id of the flow run, or an empty text outside of one."""
        return flow_run.id or ""

    @property
    def step_key(self) -> str:
        """The asset's key as one word."""
        return self.asset_key.to_python_identifier()

    def get_asset_identifier(self) -> list[str]:
        """The parts of the key, and the partition if there is one: a path for a file."""
        return [*self.asset_key.path, *([self.key_of_partition] if self.key_of_partition else [])]

    def get_identifier(self) -> list[str]:
        """A path of its own for each run: the run, the asset, the output."""
        return [self.run_id, self.step_key, self.name]

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Attach facts to the asset, if the running task materialises it."""
        if AssetContext.get():
            add_asset_metadata(self.asset, {key: plain(value) for key, value in metadata.items()})


class Storage(Protocol):
    """What `load` and `store` need of a storage class."""

    def handle_output(self, context: Any, obj: Any, /) -> Any:
        """Write the value to its place."""

    def load_input(self, context: Any, /) -> Any:
        """Read the value from its place."""


def load(
    storage: Storage,
    asset: str,
    partition_key: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    """Read the value of an asset from where `store` put it."""
    return storage.load_input(IOContext(asset, partition_key, metadata or {}))


def store(
    storage: Storage,
    asset: str,
    value: T,
    partition_key: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> T:
    """Write the value of an asset to its place, and hand it back."""
    storage.handle_output(IOContext(asset, partition_key, metadata or {}), value)
    return value
