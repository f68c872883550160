"""Runs that failed, succeeded or were cancelled, as records in the order they ended.

Written by `migrate convert`; yours to edit.

    Recorded().get_event_records(EventRecordsFilter(EventType.RUN_FAILURE), limit=1)

A record's `storage_id` is the microsecond its run ended at. The end of a run is about no asset: asked for the
ends of runs of one asset, there are none.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.sorting import FlowRunSort

from .asset_records import Event, EventRecordsFilter, EventType, Record
from .found_runs import PAGE, STATES

ENDS = {
    EventType.RUN_FAILURE: "FAILURE",
    EventType.RUN_SUCCESS: "SUCCESS",
    EventType.RUN_CANCELED: "CANCELED",
}


def run_ends(asked: EventRecordsFilter, limit: int | None, ascending: bool) -> list[Record]:
    """The ends of runs that a filter lets through, newest first unless `ascending`."""
    if asked.asset_key is not None:
        return []
    found: list[Record] = []
    with get_client(sync_client=True) as client:
        while limit is None or ascending or len(found) < limit:
            page = client.read_flow_runs(
                flow_run_filter=_filter(asked),
                sort=FlowRunSort.END_TIME_DESC,
                limit=PAGE,
                offset=len(found),
            )
            found += [_record(asked.event_type, run) for run in page]
            if len(page) < PAGE:
                break
    kept = [record for record in found if _between(record, asked)]
    return (kept[::-1] if ascending else kept)[:limit]


def _filter(asked: EventRecordsFilter) -> FlowRunFilter:
    """The runs that ended so; times wider than what is wanted by a second."""
    after = [asked.after_timestamp, asked.after_cursor and asked.after_cursor / 1e6 - 1]
    before = [asked.before_timestamp, asked.before_cursor and asked.before_cursor / 1e6 + 1]
    ended = FlowRunFilterEndTime(
        after_=max((datetime.fromtimestamp(at, UTC) for at in after if at), default=None),
        before_=min((datetime.fromtimestamp(at, UTC) for at in before if at), default=None),
        is_null_=False,
    )
    states = list(STATES[ENDS[asked.event_type]])
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=states))
    return FlowRunFilter(state=state, end_time=ended)


def _between(record: Record, asked: EventRecordsFilter) -> bool:
    after, before = asked.after_cursor, asked.before_cursor
    return (after is None or record.storage_id > after) and (before is None or record.storage_id < before)


def _record(kind: EventType, run: Any) -> Record:
    ended = run.end_time.timestamp()
    return Record(round(ended * 1e6), Event(str(kind), None, str(run.id), ended))
