"""`DagsterRunStatus` → `RunStatus`; `DagsterRun` and `RunRecord` → what a poll is told of a flow run.

Its id, the name of its flow, its status, tags and parameters, and its times. The partition of a run is the
tag `dagster/partition`, as it was; Dagster's own other tags have no equal.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

STATUS = "dagster.DagsterRunStatus"
KINDS = {"dagster.DagsterRun": "Run", "dagster.RunRecord": "RunRecord"}
MEMBERS = (
    *("QUEUED", "NOT_STARTED", "STARTING", "STARTED", "SUCCESS", "FAILURE", "CANCELING", "CANCELED"),
    "",
)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name, or a member of the status."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    if path in KINDS:
        return cst.Name(work.need("prefect_support.found_runs", KINDS[path]))
    member = path.removeprefix(STATUS).removeprefix(".")
    if not path.startswith(STATUS) or member not in MEMBERS:
        return None
    name = work.need("prefect_support.found_runs", "RunStatus")
    return parsed(f"{name}.{member}" if member else name)


RULE = Rule((STATUS, *KINDS), "value", expression=expression)
