"""Names of time zones: of `ZoneInfo("Europe/Paris")` its text and its `key`."""

from __future__ import annotations

from typing import Any

from migrate.reading.values import Called

MADE_BY = {"zoneinfo.ZoneInfo": "key", "backports.zoneinfo.ZoneInfo": "key", "pytz.timezone": "zone"}
"""What makes a time zone out of its name, and the attribute that has the name again."""


def zone_name(value: Any, attribute: str = "") -> str | None:
    """The name of a time zone that is made of it; None for anything else, or for another attribute."""
    if not isinstance(value, Called) or value.name not in MADE_BY:
        return None
    name = value.get("key" if value.name != "pytz.timezone" else "zone", 0)
    return name if isinstance(name, str) and attribute in ("", MADE_BY[value.name]) else None
