"""`AssetDep(asset)` → the asset: what is said of the dependency is read where it is declared.

In a function that makes assets it is the asset's key; one with a partition mapping is left to a person there.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.keys import from_expression
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The key; a function or a variable is left to a person."""
    if not isinstance(updated, cst.Call) or len(updated.args) != 1 or not work.scopes.inside:
        return None
    only = updated.args[0]
    if only.star or (only.keyword and only.keyword.value != "asset"):
        return None
    if isinstance(only.value, cst.SimpleString | cst.FormattedString | cst.List | cst.Tuple):
        return parsed(from_expression(work, only.value))
    return only.value if isinstance(only.value, cst.Call) else None


RULE = Rule(("dagster.AssetDep",), "value", expression=expression)
