"""`context.instance.get_event_records(EventRecordsFilter(…))` → the same of `Recorded()`: Prefect's events.

`fetch_materializations`, `fetch_observations`, `get_latest_materialization_event` and
`get_materialized_partitions` likewise, and what they answer with: a record's `storage_id` is the microsecond
it happened at, which grows as Dagster's does and serves as a cursor; metadata, partition and run are told.
Prefect keeps events for seven days unless PREFECT_SERVER_EVENTS_RETENTION_PERIOD says otherwise.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule

NAMES = {
    "dagster.EventRecordsFilter": "EventRecordsFilter",
    "dagster.AssetRecordsFilter": "AssetRecordsFilter",
    "dagster.EventLogEntry": "Event",
    "dagster.EventLogRecord": "Record",
    "dagster.EventRecordsResult": "Records",
}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class of the support module that has the same fields."""
    if path not in NAMES:
        return None
    name = cst.Name(work.need("prefect_support.asset_records", NAMES[path]))
    return updated.with_changes(func=name) if isinstance(updated, cst.Call) else name


RULE = Rule(tuple(NAMES), "value", expression=expression)
