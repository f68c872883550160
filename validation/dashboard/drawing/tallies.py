"""How many checks did not pass, run by run: stacked bars, each piece with the sign of its verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from validation.dashboard.drawing.picture import picture, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

WIDTH, HEIGHT = 1100, 170
SIGNS = {"differs": "≠", "one side only": "½", "failed": "✗"}
"""Verdict → its sign, the worst at the foot."""


def tallies(names: Sequence[str], counts: Sequence[Mapping[str, int]], words: str) -> Markup | None:
    """A bar a run, of the counts of its verdicts; None when every check passed in every run."""
    import pygal

    most = max((sum(by.get(verdict, 0) for verdict in SIGNS) for by in counts), default=0)
    if not most:
        return None
    step = math.ceil(most / 4)
    chart = pygal.StackedBar(
        **settings(WIDTH, HEIGHT),
        formatter=lambda _: "",
        print_values=True,
        range=(0, -(-most // step) * step),
        x_labels_major_every=max(1, -(-len(names) // 8)),
        show_minor_x_labels=False,
    )
    chart.x_labels = names
    chart.y_labels = list(range(0, most + step, step))
    for verdict, sign in SIGNS.items():
        found = [by.get(verdict, 0) for by in counts]
        chart.add(
            verdict,
            [
                {"value": n, "tooltip": f"{name}: {n} {verdict}", "formatter": lambda _, s=sign: s}
                if n
                else None
                for name, n in zip(names, found, strict=True)
            ],
        )
    return picture(chart, "tallies", words)
