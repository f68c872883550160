"""`AssetCheckResult` → `CheckResult`, with the same fields.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.keys import from_expression
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def _asset(work: Work, arg: cst.Arg) -> cst.Arg:
    """`asset=`; a key given as its parts, or as a plain text, is spelled like any other."""
    value = arg.value
    if isinstance(value, cst.List | cst.Tuple | cst.SimpleString) and "asset://" not in work.text(value):
        value = parsed(from_expression(work, value))
    return arg.with_changes(keyword=cst.Name("asset"), value=value)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name, and `asset_key=` as `asset=`."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.validations", "CheckResult"))
    if isinstance(updated, cst.Call):
        args = [_asset(work, a) if a.keyword and a.keyword.value == "asset_key" else a for a in updated.args]
        return updated.with_changes(args=args)
    return None


RULE = Rule(("dagster.AssetCheckResult",), "value", expression=expression)
