"""Schedules over the simulated year, and sensors."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ..year import MOST_ASKED, MOST_TICKS, UTC, YEAR, moment_of, text_of, ticks
from .configuration import plain
from .keys import is_implicit

if TYPE_CHECKING:
    from collections.abc import Iterator


def schedule(definition: Any, repository: Any, selected: dict[str, Any]) -> dict[str, Any]:
    """One schedule, with the moments it ticks in the simulated year by Dagster's own reckoning.

    Of a job that Dagster made for it, whose name says nothing, the assets that are `selected` are told.
    """
    from dagster._utils.schedules import schedule_execution_time_iterator

    cron = definition.cron_schedule
    zone = definition.execution_timezone or "UTC"
    moments: list[str] = []
    for local in schedule_execution_time_iterator(YEAR[0].timestamp(), cron, zone):
        moment = local.astimezone(UTC)
        if moment >= YEAR[1] or len(moments) == MOST_TICKS:
            break
        moments.append(text_of(moment))
    name = definition.job_name
    return {
        "name": definition.name,
        "job": name,
        **({"selects": sorted(selected.get(name, [()])[0])} if is_implicit(name) else {}),
        "cron": cron if isinstance(cron, str) else " | ".join(cron),
        "timezone": zone,
        "status": definition.default_status.value,
        "requests": run_requests(definition, moments, zone, repository),
        "ticks": ticks(moments),
    }


def time_zone(name: str) -> Any:
    """A time zone; before Python 3.9 from the library that Dagster brings along."""
    try:
        return importlib.import_module("zoneinfo").ZoneInfo(name)
    except ImportError:
        return importlib.import_module("pytz").timezone(name)


def run_requests(definition: Any, moments: list[str], zone: str, repository: Any) -> dict[str, Any]:
    """Moment → the runs a schedule asks for then: partition and configuration; or why it cannot be asked."""
    from dagster import build_schedule_context

    found: dict[str, Any] = {}
    for moment in moments[:MOST_ASKED]:
        local = moment_of(moment).astimezone(time_zone(zone))  # as Dagster's daemon hands it over
        try:
            with build_schedule_context(scheduled_execution_time=local, repository_def=repository) as context:
                requests = definition.evaluate_tick(context).run_requests or []
        except Exception as problem:  # a schedule's own code may need what only a running deployment has
            found[moment] = f"error: {type(problem).__name__}"
            continue
        found[moment] = [
            {"partition": r.partition_key, "config": dict(flat_config(r.run_config or {}))} for r in requests
        ]
    return found


def flat_config(run_config: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """("op.field", value) of the ops of a run configuration, and of its resources."""
    for key, given in (run_config.get("resources") or {}).items():
        yield from flat_values(key, (given or {}).get("config") or {})
    for op, given in (run_config.get("ops") or {}).items():
        yield from flat_config(given, f"{name}{op}.")
        for key, value in (given.get("config") or {}).items():
            yield from flat_values(f"{name}{op}.{key}", value)


def flat_values(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """("path.field", value) of one configuration value."""
    if not isinstance(value, dict):
        yield name, plain(value)
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from flat_values(f"{name}.{key}", inner)


def sensor(definition: Any, dagster: Any) -> dict[str, Any]:
    """One sensor and the job it asks for, if it names one."""
    names = sorted(
        target.job_name for target in getattr(definition, "targets", None) or [] if target.job_name
    )
    kind = getattr(definition, "sensor_type", None)
    return {
        "name": definition.name,
        "job": ", ".join(n for n in names if not is_implicit(n)) or None,
        "kind": kind.value
        if isinstance(kind, dagster._core.definitions.sensor_definition.SensorType)
        else None,
        "interval": definition.minimum_interval_seconds,
        "status": definition.default_status.value,
    }
