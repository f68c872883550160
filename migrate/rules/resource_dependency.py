"""`ResourceDependency[Database]` → `Database`: the field is the resource itself.

A class that Pydantic does not know is allowed as it is. A resource within another one is opened before it
and closed after it, as Dagster does.

Upstream: https://docs.pydantic.dev/latest/concepts/models/#arbitrary-class-instances
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """What stands between the brackets."""
    if not isinstance(updated, cst.Subscript) or len(updated.slice) != 1:
        return None
    inside = updated.slice[0].slice
    return inside.value if isinstance(inside, cst.Index) else None


RULE = Rule(("dagster.ResourceDependency",), "value", expression=expression)
