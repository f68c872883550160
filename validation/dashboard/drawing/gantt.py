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
LETTERS = 38
SIDES = ("Dagster", "Prefect")


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
    for name in SIDES:
        mine = zip(rows, bars, strict=True)
        chart.add(
            name, [_mark(name, bar, least) if bar and side == name else None for (_, side), bar in mine]
        )
    return picture(chart, "gantt", words)


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def _mark(side: str, bar: Bar, least: float) -> dict[str, Any]:
    state = "running" if bar.seconds is None else "done" if bar.ok else "failed"
    took = "still runs" if bar.seconds is None else f"{bar.seconds:.2f} s"
    tries = f", {bar.tries} tries" if bar.tries > 1 else ""
    mark = {"formatter": _cross} if state == "failed" else {}
    thin = " thin" if (bar.seconds or 0.0) <= 4 * least else ""
    return {
        **mark,
        "value": max(bar.seconds or 0.0, least),
        "tooltip": f"{side}: {bar.step}, from {bar.start:.1f} s, {took}, {state}{tries}",
        "node": {"class": f"rect {state}{thin}"},
    }


def _nothing(_: float) -> str:
    return ""


def _cross(_: float) -> str:
    return "✗"
