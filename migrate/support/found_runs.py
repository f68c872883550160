"""Runs of a flow that are in certain states: what a poll asks before it starts another one.

Written by `migrate convert`; yours to edit.

    if found_runs(RunsFilter(job_name="nightly", statuses=["QUEUED", "STARTED"])):
        return SkipReason("nightly is still running")

A run that is scheduled for later has not been asked for yet, and is no run here.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import StateType

STATES = {
    "QUEUED": (StateType.SCHEDULED,),
    "NOT_STARTED": (StateType.SCHEDULED, StateType.PENDING),
    "STARTING": (StateType.PENDING,),
    "STARTED": (StateType.RUNNING,),
    "SUCCESS": (StateType.COMPLETED,),
    "FAILURE": (StateType.FAILED, StateType.CRASHED),
    "CANCELING": (StateType.CANCELLING,),
    "CANCELED": (StateType.CANCELLED,),
}


@dataclass(frozen=True)
class RunsFilter:
    """Which runs: of which flow, in which states, with which tags; what is not given does not matter."""

    job_name: str | None = None
    statuses: Sequence[str] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def found_runs(filters: RunsFilter | None = None, limit: int | None = None) -> list[Any]:
    """The flow runs, newest first, at most 200 or `limit`. Raises KeyError for a state there is none of."""
    asked = filters or RunsFilter()
    states = [state for name in asked.statuses for state in STATES[name]]
    runs = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)) if states else None,
        tags=FlowRunFilterTags(all_=[f"{k}:{v}" for k, v in asked.tags.items()]) if asked.tags else None,
    )
    flows = FlowFilter(name=FlowFilterName(any_=[asked.job_name])) if asked.job_name else None
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_filter=flows, flow_run_filter=runs, sort=FlowRunSort.EXPECTED_START_TIME_DESC, limit=200
        )
    now = datetime.now(UTC)
    due = [run for run in found if run.state_type != StateType.SCHEDULED or run.expected_start_time <= now]
    return due[:limit]
