"""`AssetCheckResult` → `CheckResult`, with the same fields.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name, and `asset_key=` as `asset=`."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.validations", "CheckResult"))
    if isinstance(updated, cst.Call):
        args = [
            a.with_changes(keyword=cst.Name("asset")) if a.keyword and a.keyword.value == "asset_key" else a
            for a in updated.args
        ]
        return updated.with_changes(args=args)
    return None


RULE = Rule(("dagster.AssetCheckResult",), "value", expression=expression)
