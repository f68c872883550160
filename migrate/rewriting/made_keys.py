"""`orders.key` in a function: the key that the asset function makes, as text."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import Internal
from migrate.rewriting.layout import quoted
from migrate.rewriting.work import Work


def key_of_asset(work: Work, node: cst.Attribute) -> cst.BaseExpression | None:
    """The only key of an asset function whose `key` is asked for; None for any other attribute."""
    if node.attr.value != "key" or not isinstance(node.value, cst.Name):
        return None
    found = work.internal(node.value)
    if not isinstance(found, Internal) or found.rest:
        return None
    bound = work.model.project.names.modules[found.module].nodes[found.name][-1]
    place = work.model.project.place_of(bound) if isinstance(bound, cst.FunctionDef) else ""
    construct = work.model.project.constructs.get(place or "")
    unit = work.model.unit_of(construct) if construct else None
    if unit is None or unit.does != "asset" or len(unit.keys) != 1:
        return None
    return cst.SimpleString(quoted(f"asset://{unit.keys[0]}"))
