"""Calls of dbt: `dbt.cli([...], context=context).stream()` is `dbt.cli([...])`."""

from __future__ import annotations

import libcst as cst

ENDINGS = (
    "stream",
    "wait",
    "stream_raw_events",
    "fetch_row_counts",
    "fetch_column_metadata",
    "with_insights",
)


def dbt_call(original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The call without its context and its endings; None when it is no call of dbt."""
    if not isinstance(updated.func, cst.Attribute):
        return None
    name = updated.func.attr.value
    if name == "cli":
        args = [a for a in updated.args if not (a.keyword and a.keyword.value in ("context", "manifest"))]
        if len(args) == len(updated.args):
            return None
        args[-1:] = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in args[-1:]]
        return updated.with_changes(args=args)
    inner = updated.func.value
    if name in ENDINGS and isinstance(inner, cst.Call) and isinstance(inner.func, cst.Attribute):
        return inner if inner.func.attr.value == "cli" else None
    return None
