"""Partition keys as typed flow parameters: an impossible one is refused before anything runs.

Written by `migrate convert`; yours to edit.

    years = ["2025", "2026"]
    Year = Annotated[str, partition_of(years)]

    @flow
    def simulate(partition_key: Year) -> None: ...

Prefect shows the keys as a choice in its run form, refuses a run with any other key when it is
created through a deployment, and fails a direct call before the flow's body starts.

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class PartitionKeys:
    """The possible keys of a partitioned flow, as an annotation pydantic understands."""

    keys: tuple[str, ...]

    def check(self, key: str) -> str:
        """Return `key`; raise ValueError when it is none of the keys."""
        if key not in self.keys:
            raise ValueError(f"{key!r} is no partition; expected one of {self.describe()}")
        return key

    def describe(self) -> str:
        """The keys for a message: all of them, or the first and last few."""
        shown = self.keys if len(self.keys) <= 12 else (*self.keys[:3], "…", *self.keys[-3:])
        return ", ".join(shown)

    def before(self, key: str) -> str | None:
        """The key before this one, or None for the first: for assets that read their own past."""
        place = self.keys.index(self.check(key))
        return self.keys[place - 1] if place else None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(self.keys)}


def partition_of(keys: Sequence[str]) -> PartitionKeys:
    """The annotation for a partition key; raises ValueError for a key given twice, or for none."""
    if not keys or len(set(keys)) != len(keys):
        raise ValueError("partition keys must be given, each once")
    return PartitionKeys(tuple(keys))
