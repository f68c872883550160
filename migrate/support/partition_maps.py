"""Which partitions of an upstream asset a partition needs: what a partition mapping said.

Written by `migrate convert`; yours to edit.

    shifted(Days, "2024-01-02", -1)                 # "2024-01-01"
    overlapping(Days, Weeks, "2024-01-07")          # the seven days of the week

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .io import Storage, load
from .partitions import MultiPartitions, Partitions
from .time_windows import TimeWindows


def shifted(partitions: TimeWindows, key: str, by: int) -> str:
    """The key so many windows later, or earlier when `by` is negative.

    Raises:
        ValueError: there is no such partition.
    """
    for _ in range(abs(by)):
        key = _earlier(partitions, key) if by < 0 else partitions.key_of(partitions.window(key).end)
    return partitions.check(key)


def _earlier(partitions: TimeWindows, key: str) -> str:
    found = partitions.before(key)
    if found is None:
        raise ValueError(f"there is no partition before {key}")
    return found


def overlapping(upstream: TimeWindows, downstream: TimeWindows, key: str) -> tuple[str, ...]:
    """The upstream windows that share a moment with a downstream one.

    Raises:
        ValueError: one of them is no partition.
    """
    window = downstream.window(key)
    first = upstream.key_of(window.start)
    found = dict.fromkeys([first, *upstream.within(window.start, window.end)])
    return tuple(upstream.check(each) for each in found)


def with_part(upstream: MultiPartitions, dimension: str, part: str) -> tuple[str, ...]:
    """The keys of several dimensions that have this part in one of them."""
    return tuple(key for key in upstream.keys if upstream.parts(key)[dimension] == part)


def load_each(storage: Storage, asset: str, keys: Iterable[str]) -> Any:
    """The values of several partitions by their key; of a single one the value alone, of none None."""
    values: dict[str, Any] = {key: load(storage, asset, key) for key in keys}
    if len(values) > 1:
        return values
    return next(iter(values.values())) if values else None


def all_of(partitions: Partitions) -> tuple[str, ...]:
    """Every partition there is."""
    return tuple(partitions.keys)
