"""A check's verdicts over time as bars: low where both passed, high where not, split where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP, WIDE, HEIGHT = 5, 3, 16
LOW = 5
MOST = 40
SHAPES = {
    "passed": ((HEIGHT - LOW, LOW),),
    "failed": ((0, HEIGHT),),
    "differs": ((0, 6), (10, 6)),
    "one side only": ((6, 4),),
}
"""Verdict → the pieces of its bar as (top, height)."""


@dataclass(frozen=True)
class History:
    """One path a verdict, so that hundreds of rows stay small; `words` say the same."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]
    words: str


def history(verdicts: Sequence[str]) -> History:
    """The bars of the newest verdicts, oldest first."""
    shown = verdicts[-MOST:]
    drawn: dict[str, list[str]] = {}
    for place, verdict in enumerate(shown):
        for top, height in SHAPES.get(verdict, SHAPES["one side only"]):
            piece = f"M{place * STEP} {top}h{WIDE}v{height}h-{WIDE}z"
            drawn.setdefault(verdict, []).append(piece)
    counts = {verdict: shown.count(verdict) for verdict in SHAPES if verdict in shown}
    words = ", ".join(f"{n} {verdict}" for verdict, n in counts.items())
    paths = tuple((verdict.replace(" ", "-"), "".join(pieces)) for verdict, pieces in drawn.items())
    return History(max(len(shown) * STEP, STEP), HEIGHT, paths, words)
