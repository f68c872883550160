"""A function tried again after growing pauses: `backoff(connect, retry_on=(OSError,))`.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.python.org/3/library/time.html#time.sleep
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def exponential_delay_generator(base_delay: float = 0.1, backoff_factor: float = 2.0) -> Iterator[float]:
    """Pauses without end, in seconds, each `backoff_factor` times the one before."""
    delay = base_delay
    while True:
        yield delay
        delay *= backoff_factor


def backoff(
    fn: Callable[..., T],
    retry_on: tuple[type[BaseException], ...],
    args: Sequence[object] | None = None,
    kwargs: Mapping[str, object] | None = None,
    max_retries: int = 4,
    delay_generator: Iterator[float] | None = None,
) -> T:
    """What the function gives; raises the last of its exceptions when none of its retries succeeds."""
    pauses = delay_generator or exponential_delay_generator()
    for _ in range(max_retries):
        try:
            return fn(*(args or ()), **(kwargs or {}))
        except retry_on:
            time.sleep(next(pauses))
    return fn(*(args or ()), **(kwargs or {}))
