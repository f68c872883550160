"""`DagsterEventType.ASSET_MATERIALIZATION`, `.ASSET_OBSERVATION` → the event of Prefect's that says the same.

`RUN_FAILURE`, `RUN_SUCCESS` and `RUN_CANCELED` are the ends of flow runs. They are about no asset: a query
that names one finds none, in Dagster too.

What other types of events tell has no record of its own: Prefect keeps states of runs and of tasks.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

KNOWN = (
    *(".ASSET_MATERIALIZATION", ".ASSET_OBSERVATION"),
    *(".RUN_FAILURE", ".RUN_SUCCESS", ".RUN_CANCELED"),
)
REMEDY = "Ask Prefect's API for the states of runs: prefect.get_client()."


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """A member that has an equal; any other is refused by name."""
    member = path.removeprefix("dagster.DagsterEventType").replace(".PIPELINE_", ".RUN_")
    if member and member not in KNOWN:
        work.unsupported(original, f"DagsterEventType{path.removeprefix('dagster.DagsterEventType')}", REMEDY)
        return None
    return parsed(f"{work.need('prefect_support.asset_records', 'EventType')}{member}")


RULE = Rule(("dagster.DagsterEventType",), "value", expression=expression)
