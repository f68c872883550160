"""`merge_dicts(a, b)` → `{**a, **b}`: later entries win.

Upstream: https://docs.python.org/3/reference/expressions.html#dictionary-displays
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """One dictionary of all."""
    if not isinstance(updated, cst.Call) or any(a.star or a.keyword for a in updated.args):
        return None
    return cst.Dict([cst.StarredDictElement(a.value) for a in updated.args])


RULE = Rule(("dagster.merge_dicts",), "value", expression=expression)
