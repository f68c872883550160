"""Assets that nothing of the project makes, and where their values lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate.reading.units import key_of, text
from migrate.reading.values import Called, flat

SPECS = ("AssetSpec", "SourceAsset")
CHANGED = (".with_io_manager_key", ".with_attributes", ".merge_attributes", ".replace_attributes")
"""Methods that give a spec back with something changed."""


def spec_of(value: Any) -> Called | None:
    """The `AssetSpec` or `SourceAsset` that a value is, whatever was changed of it since; None for others."""
    while isinstance(value, Called) and value.name in CHANGED and value.args:
        value = value.args[0]
    return value if isinstance(value, Called) and value.short in SPECS else None


def declared_sources(values: Any) -> Mapping[str, Called]:
    """Key → the value of the definitions that declares it, as it stands there."""
    specs = [(value, spec_of(value)) for value in flat(values)]
    return {key_of(spec): value for value, spec in specs if spec is not None and key_of(spec)}


def store_of_source(value: Any) -> str:
    """The resource key that a declared asset says its value is read by; empty when it says none."""
    while isinstance(value, Called) and value.name in CHANGED:
        said = text(value.get("io_manager_key", 1)) if value.name == ".with_io_manager_key" else ""
        if said or not value.args:
            return said
        value = value.args[0]
    metadata = value.get("metadata") if isinstance(value, Called) else None
    told = metadata.get("dagster/io_manager_key") if isinstance(metadata, dict) else None
    return text(value.get("io_manager_key")) or text(told) if isinstance(value, Called) else ""


def of_source(value: Any, name: str) -> Any:
    """What a declared asset says of its `metadata` or `partitions_def`."""
    spec = spec_of(value)
    return spec.get(name) if spec else None
