"""`@multi_asset_sensor` → a polling flow that is told what was made of each asset since it last looked.

`latest_materialization_records_by_key`, `materialization_records_for_key`, `advance_cursor` and
`advance_all_cursors` ask Prefect's events; the cursor is kept in a Prefect Variable. Partitions that were
skipped are not remembered one by one: of an asset with partitions only the latest record can be had.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.selection import Selector
from migrate.reading.units import enum_name, key_of, text
from migrate.reading.values import Decorated
from migrate.rewriting.deciding import POLLED, deciding
from migrate.rewriting.deployments import Deployment, Schedule, function_entry, target_deployments
from migrate.rewriting.functions import refuse
from migrate.rewriting.recorded_calls import KEPT
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

WATCHED = ("monitored_assets", "asset_keys")
"""What names the assets; the second before Dagster 1.1."""
READ = frozenset(
    {
        *("0", *WATCHED, "name", "job", "job_name", "jobs", "target", "request_assets"),
        *("minimum_interval_seconds", "description", "default_status", "required_resource_keys", "tags"),
    }
)


def _keys(model: Model, construct: Construct) -> list[str]:
    """The keys that are watched; none when one of them cannot be told."""
    asked = next((n for n in WATCHED if construct.argument(n) is not None), WATCHED[0])
    value = model.project.value(construct, asked, 0)
    if not isinstance(value, list | tuple):
        selected = Selector(model).resolve(value) if value is not None else None
        return sorted(selected.keys) if selected and selected.exact else []
    found: list[str] = []
    for item in value:
        made = list(model.keys_of(item)) if isinstance(item, Decorated) else [key_of(item)]
        if not all(made) or not made:
            return []
        found += made
    return list(dict.fromkeys(found))


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function as a polling flow."""
    assert work.frame is not None
    keys = _keys(work.model, construct)
    if not keys:
        outcome = Manual("its assets cannot be told by reading", "Name them by literal keys.")
        return [refuse(work, construct, updated, outcome)]
    parted = [
        key for key in keys if key in work.model.made_by and work.model.made_by[key].partitions is not None
    ]
    if parted and "materialization_records_for_key" in work.text(updated.body):
        reason = f"{parted[0]} has partitions, and each of them would have to be remembered"
        outcome = Manual(f"records for a key: {reason}", "Ask prefect_support.recorded for the events.")
        return [refuse(work, construct, updated, outcome)]
    work.done(construct, Adapted(f"{POLLED.difference}; {KEPT}"))
    return deciding(work, construct, work.frame, updated, watched=[f"asset://{key}" for key in keys])


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment that polls."""

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    if not _keys(model, construct):
        return []
    seconds = given("minimum_interval_seconds")
    interval = seconds if isinstance(seconds, int) else 30
    schedule = Schedule(interval=interval, active=enum_name(given("default_status")) == "RUNNING")
    name, about = text(given("name")) or construct.name, text(given("description"))
    own = Deployment(name, function_entry(construct), about, schedule=schedule, one_at_a_time=True)
    return [*target_deployments(model, construct), own]


RULE = Rule(("dagster.multi_asset_sensor",), "decorator", READ, function=function, deployments=deployments)
