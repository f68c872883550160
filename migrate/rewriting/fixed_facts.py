"""What a function that makes assets says differently in each call, and its one task would say only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.reading.constructs import Construct
from migrate.rewriting.assets import value
from migrate.rewriting.keys import changing_prefix

if TYPE_CHECKING:
    from migrate.model import Model

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
    return found
