"""Calls of dbt: `dbt.cli([...], context=context).stream()` is `dbt.cli([...])`."""

from __future__ import annotations

import libcst as cst

from migrate.reading.scope import Scope
from migrate.reading.values import Called
from migrate.rewriting.work import Work

ENDINGS = (
    "stream",
    "wait",
    "stream_raw_events",
    "fetch_row_counts",
    "fetch_column_metadata",
    "with_insights",
)
PREPARING = "prepare_if_dev"


def dbt_call(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The call without its context and its endings; None when it is no call of dbt."""
    if not isinstance(updated.func, cst.Attribute):
        return None
    name = updated.func.attr.value
    if name == "cli":
        return _cli(work, updated)
    if name == PREPARING and not updated.args:
        return updated.with_changes(func=updated.func.with_changes(attr=cst.Name("prepare")))
    inner = updated.func.value
    if name in ENDINGS and isinstance(inner, cst.Call) and isinstance(inner.func, cst.Attribute):
        return inner if inner.func.attr.value == "cli" else None
    return None


def _cli(work: Work, updated: cst.Call) -> cst.BaseExpression | None:
    """Without its context; a call that had none runs what it says, not the selection of its task."""
    kept = [a for a in updated.args if not (a.keyword and a.keyword.value in ("context", "manifest"))]
    if len(kept) == len(updated.args):
        construct = work.frame.construct if work.frame else None
        if construct is None or construct.kind != "dbt_assets":
            return None
        if not any(construct.argument(name) for name in ("select", "exclude")):
            return None
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        kept.append(cst.Arg(cst.Name("False"), keyword=cst.Name("selected"), equal=equal))
    kept[-1:] = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in kept[-1:]]
    return updated.with_changes(args=kept)


def is_dbt_project(work: Work, node: cst.BaseExpression) -> bool:
    """Whether an expression is a `DbtProject` of Dagster's, as far as reading tells."""
    value = work.model.project.evaluator.value(node, Scope(work.file.module, {}))
    return isinstance(value, Called) and value.name == "dagster_dbt.DbtProject"
