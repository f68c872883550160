"""`SensorResult` → the same, of the support module: run requests, a cursor, partitions to add or delete.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule

KEPT = ("run_requests", "skip_reason", "cursor", "dynamic_partitions_requests", "asset_events")


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name; an event of an asset is told by the call that makes it."""
    if isinstance(original, cst.Name | cst.Attribute):
        word = path.rsplit(".", 1)[-1]
        names = {
            "AddDynamicPartitionsRequest": "AddPartitions",
            "DeleteDynamicPartitionsRequest": "DeletePartitions",
        }
        return cst.Name(work.need("prefect_support.sensors", names.get(word, word)))
    if isinstance(updated, cst.Call) and path.endswith("Request"):
        return _by_name(work, updated)
    if isinstance(updated, cst.Call) and any(a.keyword and a.keyword.value not in KEPT for a in updated.args):
        work.unsupported(original, "more of a SensorResult", "Do it before the function returns.")
    return None


def _by_name(work: Work, updated: cst.Call) -> cst.BaseExpression:
    """A request that names the set of partitions by a text."""
    made = work.need("prefect_support.dynamic_partitions", "DynamicPartitions")
    first, *rest = updated.args
    tight = {"keyword": None, "equal": cst.MaybeSentinel.DEFAULT}
    own = first.with_changes(value=cst.Call(cst.Name(made), [cst.Arg(first.value)]), **tight)
    return updated.with_changes(args=[own, *(a.with_changes(**tight) for a in rest)])


RULE = Rule(
    ("dagster.SensorResult", "dagster.AddDynamicPartitionsRequest", "dagster.DeleteDynamicPartitionsRequest"),
    "value",
    expression=expression,
)
