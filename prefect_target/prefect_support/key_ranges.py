"""A range of partition keys.

Written by `migrate convert`; yours to edit.

    KeyRange("2024-01-01", "2024-01-31")

Upstream: https://docs.python.org/3/library/typing.html#typing.NamedTuple
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class KeyRange(NamedTuple):
    """From one key to another, both included."""

    start: str
    end: str

    @classmethod
    def of(cls, keys: Iterable[str]) -> KeyRange:
        """From the first of these keys to the last; raises ValueError when there is none."""
        first, *rest = keys
        return cls(first, rest[-1] if rest else first)
