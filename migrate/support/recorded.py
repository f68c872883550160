"""What Prefect recorded of runs and of assets, asked for in the words of a polling function.

Written by `migrate convert`; yours to edit.

    instance = Recorded()
    event = instance.get_latest_materialization_event("asset://raw/orders")
    if event and event.asset_materialization.metadata["rows"].value > 0: ...

Prefect keeps events for seven days unless PREFECT_SERVER_EVENTS_RETENTION_PERIOD says otherwise: what is
older is as if it had never been. A partition is that of the run that made the asset.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.events.filters import (
    EventFilter,
    EventIDFilter,
    EventNameFilter,
    EventOccurredFilter,
    EventOrder,
    EventResourceFilter,
)

from .asset_records import (
    AssetRecordsFilter,
    Event,
    EventRecordsFilter,
    EventType,
    Made,
    Record,
    Records,
    Told,
)
from .dynamic_partitions import DynamicPartitions
from .io import AssetPath, path_of
from .run_ends import ENDS, run_ends
from .run_history import RunHistory

YEARS = timedelta(days=3650)


class Recorded(RunHistory):
    """What was recorded; asks Prefect's API each time, and keeps nothing."""

    def get_event_records(
        self, event_records_filter: EventRecordsFilter, limit: int | None = None, ascending: bool = False
    ) -> list[Record]:
        """The records of one kind, newest first unless `ascending`, at most `limit`."""
        asked = event_records_filter
        if asked.event_type in ENDS:
            return run_ends(asked, limit, ascending)
        return _records(asked, [asked.asset_key] if asked.asset_key else [], limit, ascending)

    def fetch_materializations(
        self, records_filter: Any, limit: int, cursor: str | None = None, ascending: bool = False
    ) -> Records:
        """Times that an asset was made, from the cursor of an earlier answer on."""
        return _page(EventType.ASSET_MATERIALIZATION, records_filter, limit, cursor, ascending)

    def fetch_observations(
        self, records_filter: Any, limit: int, cursor: str | None = None, ascending: bool = False
    ) -> Records:
        """Times that an asset was observed, from the cursor of an earlier answer on."""
        return _page(EventType.ASSET_OBSERVATION, records_filter, limit, cursor, ascending)

    def get_latest_materialization_event(self, asset_key: Any) -> Event | None:
        """The last time that an asset was made; None if it never was."""
        found = _records(EventRecordsFilter(), [asset_key], 1, False)
        return found[0].event_log_entry if found else None

    def get_latest_materialization_events(self, asset_keys: Iterable[Any]) -> dict[AssetPath, Event | None]:
        """The last time that each asset was made."""
        return {path_of(key): self.get_latest_materialization_event(key) for key in asset_keys}

    def get_materialized_partitions(self, asset_key: Any) -> set[str]:
        """The partitions of an asset that were made."""
        found = _records(EventRecordsFilter(), [asset_key], None, False)
        return {record.partition_key for record in found if record.partition_key is not None}

    def get_dynamic_partitions(self, partitions_def_name: str) -> tuple[str, ...]:
        """The keys of a set of partitions that come and go."""
        return DynamicPartitions(partitions_def_name).keys

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Whether there is such a key."""
        return DynamicPartitions(partitions_def_name).has(partition_key)

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Iterable[str]) -> None:
        """Add keys; those that are there stay where they are."""
        DynamicPartitions(partitions_def_name).add(partition_keys)

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Delete a key; one that is not there is no error."""
        DynamicPartitions(partitions_def_name).delete(partition_key)


def event_of(event_id: str) -> Event:
    """One event by its id. Raises LookupError when Prefect has it no more."""
    now = datetime.now(UTC)
    asked = EventFilter(
        id=EventIDFilter(id=[event_id]), occurred=EventOccurredFilter(since=now - YEARS, until=now + YEARS)
    )
    with get_client(sync_client=True) as client:
        found = client.read_events(filter=asked, limit=1).events
    if not found:
        raise LookupError(f"there is no event {event_id}")
    return _told(found, _partitions(found))[0].event_log_entry


def _page(kind: EventType, asked: Any, limit: int, cursor: str | None, ascending: bool) -> Records:
    one = asked if isinstance(asked, AssetRecordsFilter) else AssetRecordsFilter(asked)
    after, before = one.after_storage_id, one.before_storage_id
    if cursor and ascending:
        after = max(after or 0, int(cursor))
    elif cursor:
        before = int(cursor) if before is None else min(before, int(cursor))
    whole = EventRecordsFilter(
        kind, one.asset_key, one.asset_partitions, after, before, one.after_timestamp, one.before_timestamp
    )
    found = _records(whole, [one.asset_key], limit + 1, ascending)
    kept = found[:limit]
    last = str(kept[-1].storage_id) if kept else cursor or ("0" if ascending else "")
    return Records(kept, last, len(found) > limit)


def _records(
    asked: EventRecordsFilter, assets: Sequence[Any], limit: int | None, ascending: bool
) -> list[Record]:
    """The records that a filter lets through; pages are read until there are enough."""
    now = datetime.now(UTC)
    since, until = _bounds(asked, now)
    wanted = EventFilter(
        event=EventNameFilter(name=[str(asked.event_type)]),
        resource=EventResourceFilter(id=[str(path_of(asset)) for asset in assets]) if assets else None,
        occurred=EventOccurredFilter(since=since, until=until),
        order=EventOrder.ASC if ascending else EventOrder.DESC,
    )
    found: list[Record] = []
    with get_client(sync_client=True) as client:
        page = client.read_events(filter=wanted, limit=50)
        while True:
            events = [event for event in page.events if _between(event, asked)]
            told = _told(events, _partitions(events))
            parts = asked.asset_partitions
            found += [one for one in told if parts is None or one.partition_key in parts]
            if page.next_page is None or (limit is not None and len(found) >= limit):
                return found[:limit]
            page = client.read_events_page(str(page.next_page))


def _bounds(asked: EventRecordsFilter, now: datetime) -> tuple[datetime, datetime]:
    """The moments between which events are asked for; wider than what is wanted."""
    after = [asked.after_timestamp, asked.after_cursor and asked.after_cursor / 1e6 - 1]
    before = [asked.before_timestamp, asked.before_cursor and asked.before_cursor / 1e6 + 1]
    since = max((datetime.fromtimestamp(at, UTC) for at in after if at), default=now - timedelta(days=180))
    until = min((datetime.fromtimestamp(at, UTC) for at in before if at), default=now + timedelta(minutes=1))
    return since, until


def _place(event: Any) -> int:
    return timegm(event.occurred.utctimetuple()) * 1_000_000 + int(event.occurred.microsecond)


def _between(event: Any, asked: EventRecordsFilter) -> bool:
    place = _place(event)
    return (asked.after_cursor is None or place > asked.after_cursor) and (
        asked.before_cursor is None or place < asked.before_cursor
    )


def _run_of(event: Any) -> str:
    """The id of the flow run that an event happened in, or the empty string."""
    for related in event.related:
        if related.role == "flow-run":
            return str(related.id).removeprefix("prefect.flow-run.")
    return ""


def _partitions(events: Sequence[Any]) -> Mapping[str, str]:
    """The partition of each run that has one."""
    runs = {_run_of(event) for event in events} - {""}
    if not runs:
        return {}
    asked = FlowRunFilter(id=FlowRunFilterId(any_=sorted(runs)))
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=asked, limit=200)
    keys = {str(run.id): run.parameters.get("partition_key") for run in found}
    return {run: str(key) for run, key in keys.items() if key is not None}


def _told(events: Sequence[Any], partitions: Mapping[str, str]) -> list[Record]:
    found = []
    for event in events:
        run, key = _run_of(event), path_of(str(event.resource.id))
        made = Made(key, {name: Told(worth) for name, worth in event.payload.items()}, partitions.get(run))
        found.append(Record(_place(event), Event(event.event, made, run, event.occurred.timestamp())))
    return found
