"""Lines over time: one a series, with a mark of its own shape, on axes that begin at zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.dashboard.drawing.scale import label, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 640.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 16.0, 14.0, 30.0


@dataclass(frozen=True)
class Point:
    """One value: its place and what it says."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Line:
    """One series: `number` picks its colour and the shape of its marks."""

    name: str
    number: int
    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Chart:
    """A chart in its own units: lines, (y, label) of the value axis, (x, label) of some runs."""

    width: float
    height: float
    lines: tuple[Line, ...]
    values: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]


def chart(names: Sequence[str], series: Mapping[str, Sequence[float]], unit: str) -> Chart | None:
    """A chart of series over the same names; None without a value."""
    if not names:
        return None
    axis = ticks(max(max(values) for values in series.values()))
    inner, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(place: int) -> float:
        return round(LEFT + inner * (place + 0.5) / len(names), 1)

    def y(value: float) -> float:
        return round(TOP + tall * (1 - value / axis[-1]), 1)

    lines = []
    for number, (name, values) in enumerate(series.items()):
        points = tuple(Point(x(n), y(v), f"{name}, {names[n]}: {v:,.2f}{unit}") for n, v in enumerate(values))
        path = "M" + "L".join(f"{p.x} {p.y}" for p in points)
        lines.append(Line(name, number, path, points))
    every = max(1, -(-len(names) // 5))
    shown = tuple((x(n), name) for n, name in enumerate(names) if n % every == 0)
    return Chart(WIDTH, HEIGHT, tuple(lines), tuple((y(v), label(v)) for v in axis), shown)
