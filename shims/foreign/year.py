"""The simulated year: what is told apart by moments is compared over the same ones on both sides."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from typing import Any

UTC = dt.timezone.utc  # noqa: UP017 - a legacy interpreter may be older than 3.11
YEAR = (dt.datetime(2025, 1, 1, tzinfo=UTC), dt.datetime(2026, 1, 1, tzinfo=UTC))
MOST_TICKS = 9000  # an hourly schedule for a year; a denser one is compared over its first 9,000 ticks
MOST_ASKED = 400  # ticks that a schedule's own code is asked about: a daily one's year


def ticks(moments: list[str]) -> dict[str, Any]:
    """The year's ticks and their digest."""
    digest = hashlib.sha256("\n".join(moments).encode()).hexdigest()
    return {"count": len(moments), "sha256": digest, "moments": moments}


def text_of(moment: dt.datetime) -> str:
    """A moment as both dumps write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> dt.datetime:
    """The moment that such a text names."""
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def combined(dimensions: dict[str, list[str]]) -> list[str]:
    """The keys of partitions of several dimensions, in the order of their names, as Dagster has them."""
    parts = dict(sorted(dimensions.items()))
    if any(keys and keys[0].startswith("<dynamic:") for keys in parts.values()):
        return [f"{part}: {', '.join(keys)}" for part, keys in parts.items()]
    return ["|".join(keys) for keys in itertools.product(*parts.values())]
