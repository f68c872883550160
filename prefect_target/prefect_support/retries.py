"""Delays between retries, with Dagster's formulas, for a task's `retry_delay_seconds`.

Written by `migrate convert`; yours to edit.

Without jitter these are plain lists. With jitter the wait is drawn anew for each retry. Prefect's own
`retry_jitter_factor` draws from another distribution (a clamped exponential one around the
delay), so it is not used here.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, SupportsIndex, overload


def constant(delay: float, retries: int) -> list[float]:
    """The same delay, in seconds, before each retry."""
    return [delay] * retries


def linear(delay: float, retries: int) -> list[float]:
    """`delay × attempt`: 1, 2, 3 … seconds for a delay of 1."""
    return [delay * attempt for attempt in range(1, retries + 1)]


def exponential(delay: float, retries: int) -> list[float]:
    """`delay × (2^attempt − 1)`: 1, 3, 7 … seconds for a delay of 1."""
    return [delay * (2**attempt - 1) for attempt in range(1, retries + 1)]


def full_jitter(delays: list[float]) -> list[float]:
    """Before each retry a random wait between nothing and the given delay."""
    return _Drawn(delays, lambda delay: random.random() * delay)  # noqa: S311, RUF100 (no secret)


def plus_minus(delays: list[float], delay: float) -> list[float]:
    """Before each retry the given delay, plus or minus up to `delay` seconds."""
    return _Drawn(delays, lambda planned: max(0.0, planned + random.uniform(-delay, delay)))  # noqa: S311, RUF100 (no secret)


class _Drawn(list[float]):
    """A list of delays whose items are drawn when they are read: Prefect reads one a retry."""

    def __init__(self, delays: list[float], draw: Callable[[float], float]) -> None:
        super().__init__(delays)
        self._draw = draw

    @overload
    def __getitem__(self, place: SupportsIndex) -> float: ...
    @overload
    def __getitem__(self, place: slice) -> list[float]: ...
    def __getitem__(self, place: Any) -> Any:
        planned = super().__getitem__(place)
        return [self._draw(p) for p in planned] if isinstance(place, slice) else self._draw(planned)

    def __iter__(self) -> Iterator[float]:
        return (self._draw(planned) for planned in super().__iter__())
