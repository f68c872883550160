"""`metadata.get("rows", MetadataValue.int(0)).value`: the plain value that is kept has no `value`."""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work

WRAPPER = "dagster.MetadataValue"
INNER = ("value", "text", "path", "url", "data")


def unwrapped(work: Work, original: cst.Attribute, updated: cst.Attribute) -> cst.BaseExpression | None:
    """What `get` answers, where its default shows that a wrapped value is meant; None for all else."""
    call = original.value
    if original.attr.value not in INNER or not isinstance(call, cst.Call) or len(call.args) != 2:
        return None
    default = call.args[1].value
    asked = isinstance(call.func, cst.Attribute) and call.func.attr.value == "get"
    if not asked or not isinstance(default, cst.Call):
        return None
    return updated.value if work.scopes.dagster(default.func).startswith(f"{WRAPPER}.") else None
