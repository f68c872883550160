"""What a function that makes assets says differently in each call, and its one task would say only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.scope import Scope
from migrate.rewriting.assets import value
from migrate.rewriting.keys import changing_prefix, name_node

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
    parts = ["key"] if _of_parts(model, construct) else []
    return [*found, *_read_differently(construct, units), *parts]


def _read_differently(construct: Construct, units: list[Unit]) -> list[str]:
    """`ins` and `check_specs`, where the values that are read, or the checks, differ from call to call."""
    read = {tuple((i.name, i.key, repr(i.mapping), i.loader) for i in unit.inputs) for unit in units}
    found = ["ins"] if construct.argument("ins") is not None and len(read) > 1 else []
    checks = {tuple((c.name, c.asset, c.description) for c in unit.checks) for unit in units}
    differ = construct.argument("check_specs") is not None and len(checks) > 1
    return [*found, *(["check_specs"] if differ else [])]


def _of_parts(model: Model, construct: Construct) -> bool:
    """Whether a call hands over the parts of a key in one argument, which no text can spell."""
    node = name_node(construct)
    if isinstance(node, cst.Call) and node.args:
        node = node.args[0].value
    if node is None or isinstance(node, cst.List | cst.Tuple):
        return False
    units = [unit for unit in model.units.values() if unit.construct is construct]
    read = model.project.evaluator
    told = [read.value(node, Scope(construct.module, dict(unit.scope))) for unit in units]
    return any(isinstance(value, list | tuple) for value in told)
