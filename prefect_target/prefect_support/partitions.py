"""Partition keys as typed flow parameters: an impossible one is refused before anything runs.

Written by `migrate convert`; yours to edit.

    years = partition_of(["2025", "2026"])
    Years = Annotated[str, years]

    @flow
    def simulate(partition_key: Years) -> None: ...

Prefect shows the keys as a choice in its run form, refuses a run with any other key when it is
created through a deployment, and fails a direct call before the flow's body starts.

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Partitions:
    """The possible keys of a partitioned flow, as an annotation pydantic understands."""

    if TYPE_CHECKING:

        @property
        def keys(self) -> Sequence[str]:
            """The keys there are, in order."""

    def check(self, key: str) -> str:
        """Return `key`; raise ValueError when it is none of the keys."""
        if key not in self.keys:
            raise ValueError(f"{key!r} is no partition; expected one of {self.describe()}")
        return key

    def describe(self) -> str:
        """The keys for a message: all of them, or the first and last few."""
        keys = tuple(self.keys)
        return ", ".join(keys if len(keys) <= 12 else (*keys[:3], "…", *keys[-3:]))

    def before(self, key: str) -> str | None:
        """The key before this one, or None for the first: for assets that read their own past."""
        place = list(self.keys).index(self.check(key))
        return self.keys[place - 1] if place else None

    def latest(self) -> str:
        """The last key there is now; raise ValueError when there is none yet."""
        keys = self.keys
        if not keys:
            raise ValueError("there is no partition yet")
        return keys[-1]

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """The keys from `first` to `last`, both included, in order: what a backfill goes through.

        Raises ValueError when one is no key, and when the last comes before the first.
        """
        keys = list(self.keys)
        found = tuple(keys[keys.index(self.check(first)) : keys.index(self.check(last)) + 1])
        if not found:
            raise ValueError(f"{first} comes after {last}: there is nothing between them")
        return found

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))


@dataclass(frozen=True)
class PartitionKeys(Partitions):
    """Keys that never change."""

    keys: tuple[str, ...]

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(self.keys)}


class MultiKey(str):
    """A key of several dimensions: the text `2024-01-01|de`, parts in order of name, that knows its parts.

    `keys_by_dimension` gives each part by the name of its dimension.
    """

    keys_by_dimension: dict[str, str]

    def __new__(cls, keys_by_dimension: Mapping[str, str]) -> MultiKey:
        """The key of the given parts, by the name of their dimension."""
        parts = dict(sorted(keys_by_dimension.items()))
        key = super().__new__(cls, "|".join(parts.values()))
        key.keys_by_dimension = parts
        return key

    def __getnewargs__(self) -> tuple[dict[str, str]]:  # type: ignore[override]
        """What a copy, or another process, makes it anew from."""
        return (self.keys_by_dimension,)


@dataclass(frozen=True)
class MultiPartitions(Partitions):
    """Every combination of the keys of several dimensions: `2024-01-01|de`, dimensions in order of name."""

    dimensions: Mapping[str, Partitions]

    @property
    def keys(self) -> tuple[str, ...]:
        """The combinations there are now; a key that holds the separator takes part in none."""
        every = [self.dimensions[name].keys for name in sorted(self.dimensions)]
        return tuple("|".join(parts) for parts in product(*every) if not any("|" in part for part in parts))

    def check(self, key: str) -> MultiKey:
        """Return `key` with its parts; raise ValueError when one of them is no key of its dimension."""
        parts = key.split("|")
        if len(parts) != len(self.dimensions):
            raise ValueError(f"{key!r} is no partition; expected {'|'.join(sorted(self.dimensions))}")
        for name, part in zip(sorted(self.dimensions), parts, strict=True):
            self.dimensions[name].check(part)
        return MultiKey(self.parts(key))

    def parts(self, key: str) -> dict[str, str]:
        """The key of each dimension by its name."""
        return dict(zip(sorted(self.dimensions), key.split("|"), strict=True))


def partition_of(keys: Sequence[str]) -> PartitionKeys:
    """The annotation for a partition key; raises ValueError for a key given twice, or for none."""
    if not keys or len(set(keys)) != len(keys):
        raise ValueError("partition keys must be given, each once")
    return PartitionKeys(tuple(keys))
