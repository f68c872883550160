"""What code asks Dagster's instance about events and runs: asked of what Prefect recorded."""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.aliases import asked_path
from migrate.rewriting.counted_runs import only_counted
from migrate.rewriting.work import Frame, Work

EVENTS = (
    *("get_event_records", "fetch_materializations", "fetch_observations", "get_materialized_partitions"),
    *("get_latest_materialization_event", "get_latest_materialization_events"),
)
RUNS = ("get_runs", "get_run_records", "get_runs_count", "get_run_by_id")
KEPT = (
    "it asks Prefect's events, which are kept for seven days unless "
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD says otherwise"
)


def expect(frame: Frame, node: cst.Call) -> None:
    """Note, on the way in, the places of the instance in a call that the way out turns round."""
    if _asked(frame, node) and isinstance(node.func, cst.Attribute):
        frame.settled |= {id(node.func), id(node.func.value)}


def call(work: Work, frame: Frame, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The same call of `Recorded()`; None when it is about something else."""
    name = _asked(frame, original)
    if not name:
        return None
    if name in EVENTS:
        frame.differences.append(KEPT)
    made = cst.Call(cst.Name(work.need("prefect_support.recorded", "Recorded")))
    return updated.with_changes(func=cst.Attribute(made, cst.Name(name)))


def _asked(frame: Frame, node: cst.Call) -> str:
    """The method of the instance that a call asks, if it has an equal."""
    start, _, name = asked_path(frame, node.func).rpartition(".")
    known = name in EVENTS or (name in RUNS and not _counted(frame, node, name))
    return name if frame.context and start == f"{frame.context}.instance" and known else ""


def _counted(frame: Frame, node: cst.Call, name: str) -> bool:
    """Whether only their number matters, which has a shorter spelling."""
    return name in ("get_runs", "get_run_records") and only_counted(frame, node)
