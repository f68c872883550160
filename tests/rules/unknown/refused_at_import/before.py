from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import dagster as dg

if TYPE_CHECKING:
    from dagster import AssetKey, AssetsDefinition, SensorDefinition

LOADED: dict[str, Any] = {}
NAMES: list[Any] = []


class Made(NamedTuple):
    """What a factory gives."""

    sensor: dg.SensorDefinition
    job: dg.JobDefinition | None
    many: list["AssetsDefinition"]


@dataclass
class Told:
    key: "AssetKey"
    log: dg.DagsterLogManager


class Both:
    """Two fields that need what is not there, and a method of its own."""

    first = dg.DagsterLibraryRegistry
    second = dg.DagsterInstance

    def __init__(self) -> None:
        self.number = 1


def keyed(value: Any) -> "AssetKey | None":
    return cast("AssetKey", value) if value else None


dg.DagsterLibraryRegistry.register("shop", "1.0")
LOADED["instance"] = dg.DagsterInstance.get()

for part in ("a", "b"):
    NAMES.append(dg.instance_for_test(part))


first = dg.some_new_thing("first")
first = first.with_more(dg.some_newer_thing("second"))

if __name__ == "__main__":
    dg.materialize_to_memory([first])
