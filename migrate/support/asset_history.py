"""Checks of what was said of assets when they were made: asked of the events that Prefect keeps of them.

Written by `migrate convert`; yours to edit.

    same_columns = column_schema_checks(["asset://raw/orders"])
    enough_rows = metadata_bounds_checks(["asset://raw/orders"], metadata_key="rows", min_value=1)

Prefect keeps events for seven days unless PREFECT_SERVER_EVENTS_RETENTION_PERIOD says otherwise: what was
made before that is as if it had never been made.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import get_client
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventResourceFilter

from .validations import CheckResult, CheckSpec, Severity, ValidationTask, validation

MADE = "prefect.asset.materialization.succeeded"
COLUMNS = "dagster/column_schema"
Verdict = tuple[bool, str]


def told_of(asset: str, times: int) -> list[Mapping[str, Any]]:
    """What was said of an asset the last times it was made, newest first."""
    now = datetime.now(UTC)
    asked = EventFilter(
        event=EventNameFilter(name=[MADE]),
        resource=EventResourceFilter(id=[asset]),
        occurred=EventOccurredFilter(since=now - timedelta(days=180), until=now),
    )
    with get_client(sync_client=True) as client:
        found = client.read_events(filter=asked, limit=50).events
    found.sort(key=lambda event: event.occurred, reverse=True)
    return [event.payload for event in found[:times]]


def column_schema_checks(assets: Sequence[str], *, severity: Severity = Severity.WARN) -> ValidationTask[[]]:
    """A task with one check an asset: its columns and their types are those of the time before."""
    specs = [CheckSpec("column_schema_change", asset) for asset in dict.fromkeys(assets)]
    return _checks(specs, severity, _same_columns)


def _same_columns(asset: str) -> Verdict:
    told = told_of(asset, 2)
    if len(told) < 2:
        return True, "it has been made fewer than 2 times"
    now, before = (_columns(facts) for facts in told)
    if now is None or before is None:
        return False, f"nothing was said of its columns {'this time' if now is None else 'the time before'}"
    parts = {
        "added": [name for name in now if name not in before],
        "removed": [name for name in before if name not in now],
        "other types": [n for n, kind in now.items() if n in before and before[n] != kind],
    }
    said = "; ".join(f"{what}: {', '.join(names)}" for what, names in parts.items() if names)
    return not said, said or "the columns have not changed"


def _columns(facts: Mapping[str, Any]) -> dict[str, str] | None:
    schema = facts.get(COLUMNS)
    if not isinstance(schema, Mapping):
        return None
    return {column["name"]: column.get("type", "string") for column in schema.get("columns", ())}


def metadata_bounds_checks(
    assets: Sequence[str],
    *,
    metadata_key: str,
    min_value: float | None = None,
    max_value: float | None = None,
    exclusive_min: bool = False,
    exclusive_max: bool = False,
    severity: Severity = Severity.WARN,
) -> ValidationTask[[]]:
    """A task with one check an asset: a number that was said of it is within bounds.

    Raises ValueError when there are no bounds, or none that a number can be within.
    """
    if min_value is None and max_value is None:
        raise ValueError("give min_value, max_value, or both")
    if min_value is not None and max_value is not None and min_value > max_value:
        raise ValueError("min_value is greater than max_value")

    def within(asset: str) -> Verdict:
        told = told_of(asset, 1)
        value = told[0].get(metadata_key) if told else None
        if not isinstance(value, int | float):
            return False, f"no number was said of {metadata_key}" if told else "it has not been made"
        if min_value is not None and (value <= min_value if exclusive_min else value < min_value):
            return False, f"{value} is below {min_value}"
        if max_value is not None and (value >= max_value if exclusive_max else value > max_value):
            return False, f"{value} is above {max_value}"
        return True, f"{value} is within bounds"

    name = f"{re.sub(r'[^A-Za-z0-9_]', '_', metadata_key)}_bounds_check"
    return _checks([CheckSpec(name, asset) for asset in dict.fromkeys(assets)], severity, within)


def _checks(
    specs: Sequence[CheckSpec], severity: Severity, verdict: Callable[[str], Verdict]
) -> ValidationTask[[]]:
    @validation(name=specs[0].name, checks=specs)
    def judged() -> Iterator[CheckResult]:
        for spec in specs:
            passed, said = verdict(spec.asset)
            yield CheckResult(
                passed=passed, asset=spec.asset, check_name=spec.name, severity=severity, description=said
            )

    return judged
