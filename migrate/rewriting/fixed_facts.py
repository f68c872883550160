"""What a function that makes assets says differently in each call, and its one task would say only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.reading.constructs import Construct
from migrate.rewriting.assets import value
from migrate.rewriting.keys import changing_prefix

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.units import Unit

READ = (
    *("key_prefix", "io_manager_key", "tags", "owners", "group_name", "kinds", "compute_kind", "op_tags"),
    *("pool", "partitions_def"),
)


def fixed_for_all(model: Model, construct: Construct) -> list[str]:
    """The arguments of an asset within a function whose value differs from call to call."""
    if not construct.within:
        return []
    units = [unit for unit in model.units.values() if unit.construct is construct]
    found = []
    for name in READ:
        if name == "key_prefix" and changing_prefix(model, construct) is not None:
            continue
        told = {repr(value(model, construct, name, unit.scope)) for unit in units}
        found += [name] if len(told) > 1 else []
    return [*found, *_read_differently(construct, units)]


def _read_differently(construct: Construct, units: list[Unit]) -> list[str]:
    """`ins` and `check_specs`, where the values that are read, or the checks, differ from call to call."""
    read = {tuple((i.name, i.key, repr(i.mapping), i.loader) for i in unit.inputs) for unit in units}
    found = ["ins"] if construct.argument("ins") is not None and len(read) > 1 else []
    checks = {tuple((c.name, c.asset, c.description) for c in unit.checks) for unit in units}
    differ = construct.argument("check_specs") is not None and len(checks) > 1
    return [*found, *(["check_specs"] if differ else [])]
