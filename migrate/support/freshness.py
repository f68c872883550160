"""Whether assets were made in time: asked of the events that Prefect keeps of them.

Written by `migrate convert`; yours to edit.

    require_fresh(["asset://orders"], within=timedelta(hours=9), deadline="0 9 * * *", timezone="UTC")

Prefect keeps events for seven days unless PREFECT_SERVER_EVENTS_RETENTION_PERIOD says otherwise: an asset
that may be older than that is late as soon as its event is gone.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prefect import get_client
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventResourceFilter

from .cron_ticks import Ticks
from .validations import Severity, run_logger

MADE, SEEN = "prefect.asset.materialization.succeeded", "prefect.asset.observed"
UPDATED = "dagster/last_updated_timestamp"
"""What an observation may say of when the asset was updated, in its metadata."""


class AssetsAreLate(RuntimeError):
    """Assets that were not made in time; `keys` names them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"not made in time: {', '.join(keys)}")


def require_fresh(
    assets: Sequence[str],
    *,
    within: timedelta,
    deadline: str = "",
    timezone: str = "UTC",
    severity: Severity = Severity.WARN,
    now: datetime | None = None,
) -> list[str]:
    """The assets that are late: a warning in the log, or with severity ERROR an error.

    Args:
        assets: keys, as `asset://` and their path.
        within: how old the last update may be, now or, with a deadline, when it was last due.
        deadline: a cron line: by then the assets must have been updated.
        timezone: of the deadline.
        severity: what it means that an asset is late.
        now: the moment to judge at; this one by default.

    Raises:
        AssetsAreLate: an asset is late, and that is an ERROR.
    """
    now = now or datetime.now(UTC)
    due = next(iter(Ticks(deadline, ZoneInfo(timezone)).until(now.timestamp()))) if deadline else now
    late = [key for key in assets if (updated(key, now) or datetime.min.replace(tzinfo=UTC)) < due - within]
    if late and severity == Severity.ERROR:
        raise AssetsAreLate(late)
    for key in late:
        run_logger().warning("%s was not made in time", key)
    return late


def updated(asset: str, until: datetime) -> datetime | None:
    """When an asset was last made, or was last updated as somebody saw it; None if no event tells."""
    asked = EventFilter(
        event=EventNameFilter(name=[MADE, SEEN]),
        resource=EventResourceFilter(id=[asset]),
        occurred=EventOccurredFilter(since=until - timedelta(days=180), until=until),
    )
    with get_client(sync_client=True) as client:
        found = client.read_events(filter=asked, limit=50).events
    times = [event.occurred if event.event == MADE else _told(event.payload.get(UPDATED)) for event in found]
    return max((t for t in times if t), default=None)


def _told(moment: Any) -> datetime | None:
    if isinstance(moment, int | float):
        return datetime.fromtimestamp(moment, UTC)
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
