"""Runs of a flow that are in certain states: what a poll asks before it starts another one.

Written by `migrate convert`; yours to edit.

    if found_runs(RunsFilter(job_name="nightly", statuses=["QUEUED", "STARTED"])):
        return SkipReason("nightly is still running")

A run that is scheduled for later has not been asked for yet, and is no run here. The partition of a run is
the tag `dagster/partition`, as it was.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterId,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
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
PAGE = 200


class RunStatus(StrEnum):
    """How a run is doing, by the names that the code knows."""

    QUEUED = "QUEUED"
    NOT_STARTED = "NOT_STARTED"
    STARTING = "STARTING"
    STARTED = "STARTED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    CANCELING = "CANCELING"
    CANCELED = "CANCELED"


@dataclass(frozen=True)
class RunsFilter:
    """Which runs: of which flow, in which states, with which tags; what is not given does not matter.

    A tag may have one of several values. Moments are aware, or in UTC.
    """

    job_name: str | None = None
    statuses: Sequence[str] = ()
    tags: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    run_ids: Sequence[str] | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None


@dataclass(frozen=True)
class Run:
    """A flow run: its id, the name of its flow, how it is doing, its tags and its parameters."""

    run_id: str
    job_name: str
    status: RunStatus
    tags: Mapping[str, str]
    run_config: Mapping[str, Any]

    @property
    def is_success(self) -> bool:
        """Whether it has completed."""
        return self.status == RunStatus.SUCCESS

    @property
    def is_failure(self) -> bool:
        """Whether it has failed."""
        return self.status == RunStatus.FAILURE

    @property
    def is_finished(self) -> bool:
        """Whether it has ended, however it did."""
        return self.status in (RunStatus.SUCCESS, RunStatus.FAILURE, RunStatus.CANCELED)


@dataclass(frozen=True)
class RunRecord:
    """A run and its times: start and end in seconds since 1970, and when it was created and changed."""

    dagster_run: Run
    start_time: float | None
    end_time: float | None
    create_timestamp: datetime
    update_timestamp: datetime


def found_runs(filters: RunsFilter | None = None, limit: int | None = None) -> list[RunRecord]:
    """The flow runs, newest first, at most `limit`. Raises KeyError for a state there is none of."""
    asked, now = filters or RunsFilter(), datetime.now(UTC)
    states = [state for name in asked.statuses for state in STATES[name]]
    single = [f"{k}:{v}" for k, v in asked.tags.items() if isinstance(v, str) and k != PARTITION]
    runs = FlowRunFilter(
        id=FlowRunFilterId(any_=list(asked.run_ids)) if asked.run_ids is not None else None,
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)) if states else None,
        tags=FlowRunFilterTags(all_=single) if single else None,
    )
    flows = FlowFilter(name=FlowFilterName(any_=[asked.job_name])) if asked.job_name else None
    with get_client(sync_client=True) as client:
        found: list[Any] = []
        for run in _each(client, flows, runs):
            waits = run.state_type == StateType.SCHEDULED and run.expected_start_time > now
            if not waits and _between(run, asked) and _tagged(run, asked):
                found.append(run)
                if limit is not None and len(found) >= limit:
                    break
        return _recorded(client, found)


PARTITION = "dagster/partition"


def tags_of(run: Any) -> dict[str, str]:
    """The tags of a flow run: `team:data` is `{"team": "data"}`; its partition is one of them."""
    tags = {name: value for name, _, value in (tag.partition(":") for tag in run.tags or ())}
    key = (run.parameters or {}).get("partition_key")
    return tags if key is None else {PARTITION: str(key), **tags}


def _each(client: Any, flows: FlowFilter | None, runs: FlowRunFilter) -> Iterator[Any]:
    """The runs, newest first, a page at a time."""
    offset = 0
    while True:
        order = FlowRunSort.EXPECTED_START_TIME_DESC
        page = client.read_flow_runs(
            flow_filter=flows, flow_run_filter=runs, sort=order, limit=PAGE, offset=offset
        )
        yield from page
        if len(page) < PAGE:
            return
        offset += PAGE


def _between(run: Any, asked: RunsFilter) -> bool:
    """Whether a run was created and changed when it should have been."""
    bounds = (
        (asked.created_after, run.created, 1),
        (asked.created_before, run.created, -1),
        (asked.updated_after, run.updated, 1),
        (asked.updated_before, run.updated, -1),
    )
    for wanted, moment, sign in bounds:
        if wanted is not None:
            aware = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
            if sign * (moment - aware).total_seconds() <= 0:
                return False
    return True


def _tagged(run: Any, asked: RunsFilter) -> bool:
    tags = tags_of(run)
    return all(
        tags.get(name) == wanted if isinstance(wanted, str) else tags.get(name) in wanted
        for name, wanted in asked.tags.items()
    )


def _recorded(client: Any, found: Sequence[Any]) -> list[RunRecord]:
    ids = sorted({run.flow_id for run in found}, key=str)
    names: dict[Any, str] = {}
    for start in range(0, len(ids), PAGE):
        chosen = FlowFilter(id=FlowFilterId(any_=ids[start : start + PAGE]))
        names |= {flow.id: flow.name for flow in client.read_flows(flow_filter=chosen, limit=PAGE)}
    return [_record(run, names.get(run.flow_id, "")) for run in found]


def _record(run: Any, name: str) -> RunRecord:
    status = next((s for s, states in STATES.items() if run.state_type in states), "QUEUED")
    one = Run(str(run.id), name, RunStatus(status), tags_of(run), dict(run.parameters or {}))
    start, end = (moment and moment.timestamp() for moment in (run.start_time, run.end_time))
    return RunRecord(one, start, end, run.created, run.updated)
