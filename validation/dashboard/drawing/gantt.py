"""Both sides' steps over each other: a row a step, Dagster's bar above Prefect's, one axis of seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.dashboard.drawing.scale import label, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validation.dashboard.reading.steps import Bar, Pair

WIDTH, NAMES, ROW, BAR, HEAD = 1100.0, 260.0, 26.0, 9.0, 24.0
THINNEST = 2.0
LETTERS = 38


@dataclass(frozen=True)
class Mark:
    """One bar. `kind`: dagster or prefect; `state`: done, failed or running; `words` say what it shows."""

    kind: str
    state: str
    x: float
    y: float
    width: float
    words: str
    moment: bool


@dataclass(frozen=True)
class Row:
    """One step: its name, cut to fit, and its bars."""

    name: str
    full: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Gantt:
    """A chart in its own units; (x, label) for each tick of its axis."""

    width: float
    height: float
    rows: tuple[Row, ...]
    axis: tuple[tuple[float, str], ...]


def gantt(pairs: Sequence[Pair]) -> Gantt | None:
    """The chart of these steps; None when there are none."""
    if not pairs:
        return None
    begin = min(b.start for p in pairs for b in (p.dagster, p.prefect) if b)
    end = max(b.start + (b.seconds or 0.0) for p in pairs for b in (p.dagster, p.prefect) if b)
    axis = ticks(max(end - begin, 0.1))
    scale = (WIDTH - NAMES - 20) / axis[-1]
    rows = []
    for number, pair in enumerate(pairs):
        y = HEAD + number * ROW
        marks = [_mark(kind, bar, begin, scale, y) for kind, bar in _bars(pair)]
        name = pair.name if len(pair.name) <= LETTERS else f"{pair.name[: LETTERS - 1]}…"
        rows.append(Row(name, pair.name, y, tuple(marks)))
    shown = tuple((NAMES + value * scale, f"{label(value)} s") for value in axis)
    return Gantt(WIDTH, HEAD + len(pairs) * ROW + 6, tuple(rows), shown)


def _bars(pair: Pair) -> list[tuple[str, Bar]]:
    return [(kind, bar) for kind, bar in (("dagster", pair.dagster), ("prefect", pair.prefect)) if bar]


def _mark(kind: str, bar: Bar, begin: float, scale: float, y: float) -> Mark:
    state = "running" if bar.seconds is None else "done" if bar.ok else "failed"
    length = 0.0 if bar.seconds is None else bar.seconds
    took = "still runs" if bar.seconds is None else f"{bar.seconds:.2f} s"
    tries = f", {bar.tries} tries" if bar.tries > 1 else ""
    words = f"{kind.title()}: {bar.step}, from {bar.start:.1f} s, {took}, {state}{tries}"
    x = NAMES + (bar.start - begin) * scale
    place = y + 3 + (0 if kind == "dagster" else BAR + 1)
    return Mark(kind, state, round(x, 1), place, round(max(length * scale, THINNEST), 1), words, bar.moment)
