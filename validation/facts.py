"""A fact: one measured statement that a gate rests on, and the arithmetic that all readers share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict = Literal["green", "red", "cannot_say"]
SHOWN = 5
"""How many examples a message names before it only counts."""


@dataclass(frozen=True)
class Fact:
    """One row of what Great Expectations judges.

    `measure` says how far the observation is off, in the unit of `limit`; None means that it could
    not be measured, which never passes. `parts` are the single things that are wrong: a waiver
    must cover every one of them, and a fact without parts cannot be waived. `sizes` are the rows or cells
    each part stands for, where that was counted.
    """

    gate: str
    subject: str
    expected: str
    observed: str
    measure: float | None
    limit: float = 0.0
    detail: str = ""
    evidence: str = ""
    year: int | None = None
    parts: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    follows: tuple[str, ...] = ()
    """The tables whose difference this one is a consequence of."""
    asked: bool = True
    """Whether the phase asks for it: what nobody asked for is neither green nor red."""

    def size(self, place: int) -> int:
        """How many rows or cells the part at that place stands for; 1 where nobody counted."""
        return self.sizes[place] if place < len(self.sizes) else 1

    @property
    def measured(self) -> bool:
        """Whether there is a finite measure."""
        return self.measure is not None and math.isfinite(self.measure)

    @property
    def message(self) -> str:
        """What was expected, what was found and where, for a reader of the verdict."""
        head = f"expected {self.expected}; found {self.observed}"
        return f"{head}: {self.detail}" if self.detail else head


@dataclass(frozen=True)
class Judged:
    """A fact with what Great Expectations said of it, and the waivers that let it pass, if any."""

    fact: Fact
    passed: bool
    waiver: str = ""


def holds(measure: object, limit: float, waived: bool) -> bool:
    """Whether a measure is finite and within its limit, or waived; None and NaN never hold."""
    if isinstance(measure, bool) or not isinstance(measure, int | float) or not math.isfinite(measure):
        return False
    return measure <= limit or waived


def naming(things: Iterable[str], shown: int = SHOWN) -> str:
    """The first few of `things`, and how many more there are."""
    every = list(things)
    more = f" and {len(every) - shown} more" if len(every) > shown else ""
    return ", ".join(every[:shown]) + more
