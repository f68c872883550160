"""What a definition of partitions says of its ticks: a cron line and a time zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrate.reading.units import enum_name
from migrate.reading.values import Called

OFFSETS = {
    "HourlyPartitionsDefinition": ("minute_offset",),
    "DailyPartitionsDefinition": ("minute_offset", "hour_offset"),
    "WeeklyPartitionsDefinition": ("minute_offset", "hour_offset", "day_offset"),
    "MonthlyPartitionsDefinition": ("minute_offset", "hour_offset", "day_offset"),
}


def cron_of(partitions: Any, moved: Mapping[str, Any]) -> str:
    """The cron line of time windows, at the minute, hour and day that a schedule asks for; else empty."""
    windows = time_dimension(partitions)
    if windows is None:
        return ""
    cron = windows.get("cron_schedule", 9) if windows.short.startswith("TimeWindow") else None
    if isinstance(cron, str):
        return _moved(cron, moved) if _plain(cron) else cron
    kind = windows.short.removesuffix("PartitionsDefinition")
    if kind == "TimeWindow":
        kind = enum_name(windows.get("schedule_type", 3)).capitalize()
    names = OFFSETS.get(f"{kind}PartitionsDefinition", ())
    values = [windows.get(name, 2 + place, None) for place, name in enumerate(names)]
    if windows.short.startswith("TimeWindow"):
        values = [windows.get(name) for name in names]
    minute, hour, day = [*(v if isinstance(v, int) else None for v in values), None, None, None][:3]
    return _moved(_line(kind, minute or 0, hour or 0, day), moved)


def _line(kind: str, minute: int, hour: int, day: int | None) -> str:
    return {
        "Hourly": f"{minute} * * * *",
        "Daily": f"{minute} {hour} * * *",
        "Weekly": f"{minute} {hour} * * {day or 0}",
        "Monthly": f"{minute} {hour} {day or 1} * *",
    }.get(kind, "")


def _plain(cron: str) -> bool:
    return bool(re.fullmatch(r"\d+ (\d+|\*) (\d+|\*) \* (\d+|\*)", cron))


def _moved(cron: str, moved: Mapping[str, Any]) -> str:
    fields = cron.split()
    places = {"minute_of_hour": 0, "hour_of_day": 1, "day_of_month": 2, "day_of_week": 4}
    for name, place in places.items():
        if isinstance(moved.get(name), int) and fields:
            fields[place] = str(moved[name])
    return " ".join(fields)


def zone_of(partitions: Any) -> str:
    """The time zone of time windows."""
    windows = time_dimension(partitions)
    zone = windows.get("timezone") if windows else None
    return zone if isinstance(zone, str) else "UTC"


def time_dimension(partitions: Any) -> Called | None:
    """The time windows among partitions: they themselves, or one of their dimensions."""
    if not isinstance(partitions, Called):
        return None
    if partitions.short in OFFSETS or partitions.short == "TimeWindowPartitionsDefinition":
        return partitions
    inner = partitions.get("partitions_defs", 0)
    found = (time_dimension(v) for v in (inner.values() if isinstance(inner, dict) else ()))
    return next((f for f in found if f), None)
