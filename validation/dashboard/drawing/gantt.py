"""Both sides' steps over each other: two bars a step, Dagster's above Prefect's, one axis of seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validation.dashboard.drawing.picture import picture, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from validation.dashboard.reading.steps import Bar, Pair

WIDTH, ROW, REST = 1100, 26, 56
THINNEST = 1 / 300
"""Of the whole length: a shorter bar could not be seen."""
LETTERS, MOST = 38, 300
SIDES = ("Dagster", "Prefect")


def longest(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """At most as many steps as a chart can show: those that took longest, in the order they began."""
    if len(pairs) <= MOST:
        return pairs
    took = [max(bar.seconds or 0.0 for bar in (pair.dagster, pair.prefect) if bar) for pair in pairs]
    kept = sorted(range(len(pairs)), key=lambda place: -took[place])[:MOST]
    return [pairs[place] for place in sorted(kept)]


def gantt(pairs: Sequence[Pair], words: str) -> Markup | None:
    """The chart of these steps; None when there are none."""
    import pygal

    if not pairs:
        return None
    both = [bar for pair in pairs for bar in (pair.dagster, pair.prefect) if bar]
    begin = min(bar.start for bar in both)
    least = max(max(bar.start + (bar.seconds or 0.0) for bar in both) - begin, 0.1) * THINNEST
    chart = pygal.HorizontalStackedBar(
        **settings(WIDTH, REST + ROW * len(pairs), " s"),
        formatter=_nothing,
        print_values=True,
        print_values_position="bottom",
    )
    # pygal begins at the foot
    rows = [(pair, side) for pair in reversed(pairs) for side in reversed(SIDES)]
    chart.x_labels = [_short(pair.name) if side == "Dagster" else "" for pair, side in rows]
    bars = [pair.dagster if side == "Dagster" else pair.prefect for pair, side in rows]
    # the bars are stacked on what reaches to their start, which has no words and is taken out
    chart.add("start", [bar.start - begin if bar else None for bar in bars])
    marks = [
        (_kind(side, bar), _mark(side, bar, least)) if bar else ("", None)
        for (_, side), bar in zip(rows, bars, strict=True)
    ]
    for kind in (*SIDES, "failed", "running"):
        chart.add(kind, [mark if of == kind else None for of, mark in marks])
    return picture(chart, "gantt", words)


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def _kind(side: str, bar: Bar) -> str:
    """The series that a bar is drawn in; the style sheet knows them by their order."""
    return "running" if bar.seconds is None else side if bar.ok else "failed"


def _mark(side: str, bar: Bar, least: float) -> dict[str, Any]:
    kind = _kind(side, bar)
    state = "done" if kind == side else kind
    took = "still runs" if bar.seconds is None else f"{bar.seconds:.2f} s"
    tries = f", {bar.tries} tries" if bar.tries > 1 else ""
    return {
        "value": max(bar.seconds or 0.0, least),
        "tooltip": f"{side}: {bar.step}, from {bar.start:.1f} s, {took}, {state}{tries}",
        "formatter": SIGNS.get(kind, _nothing),
    }


def _nothing(_: float) -> str:
    return ""


SIGNS = {"failed": lambda _: "✗", "running": lambda _: "…"}
