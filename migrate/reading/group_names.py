"""Dependencies without a prefix that are meant for an asset of the same group: Dagster finds it by name.

Upstream: `resolve_assets_def_deps` of `dagster._core.definitions.resolved_asset_deps`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from migrate.reading.units import Unit

DEFAULT = "default"


def with_group_names(units: Mapping[str, Unit]) -> dict[str, Unit]:
    """The units, by identity; a key that nothing makes is that of the one asset of its name in the group."""
    made = {key for unit in units.values() for key in unit.keys}
    named: dict[tuple[str, str], list[str]] = {}
    for unit in units.values():
        for key in unit.keys:
            named.setdefault((unit.group or DEFAULT, key.rpartition("/")[2]), []).append(key)

    def meant(unit: Unit, key: str) -> str:
        found = named.get((unit.group or DEFAULT, key), []) if key not in made and "/" not in key else []
        return found[0] if len(found) == 1 and found[0] not in unit.keys else key

    return {name: _with_keys(unit, meant) if unit.does == "asset" else unit for name, unit in units.items()}


def _with_keys(unit: Unit, meant: Callable[[Unit, str], str]) -> Unit:
    inputs = tuple(replace(i, key=meant(unit, i.key)) for i in unit.inputs)
    deps = tuple(meant(unit, key) for key in unit.deps)
    if inputs == unit.inputs and deps == unit.deps:
        return unit
    return replace(unit, inputs=inputs, deps=deps)
