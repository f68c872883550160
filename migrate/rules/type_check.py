"""`TypeCheck`, `check_dagster_type` → the target's `TypeCheck`, and `.check` of a type.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.value_types import MODULE, is_type
from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class's name, or what the type says of a value; a class is no type of the project."""
    if path.endswith("TypeCheck"):
        return cst.Name(work.need(MODULE, "TypeCheck")) if not isinstance(updated, cst.Call) else None
    if not isinstance(original, cst.Call) or not isinstance(updated, cst.Call) or len(updated.args) != 2:
        return None
    given = {a.keyword.value if a.keyword else str(i): i for i, a in enumerate(original.args)}
    kind, value = given.get("dagster_type", given.get("0")), given.get("value", given.get("1"))
    if kind is None or value is None or not is_type(work, original.args[kind].value):
        return None
    checked = cst.Attribute(updated.args[kind].value, cst.Name("check"))
    return cst.Call(checked, [cst.Arg(updated.args[value].value)])


RULE = Rule(("dagster.TypeCheck", "dagster.check_dagster_type"), "value", expression=expression)
