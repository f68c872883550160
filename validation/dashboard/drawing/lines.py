"""Lines over time: one a series on axes that begin at zero, each with a stroke and marks of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validation.dashboard.drawing.picture import picture, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

WIDTH, HEIGHT = 640, 260


def lines(names: Sequence[str], series: Mapping[str, Sequence[float]], unit: str, words: str) -> Markup:
    """A chart of series over the same names; a pointer finds name and value of each point."""
    import pygal

    chart = pygal.Line(
        **settings(WIDTH, HEIGHT, unit),
        include_x_axis=True,
        dots_size=4,
        x_labels_major_every=max(1, -(-len(names) // 5)),
        show_minor_x_labels=False,
    )
    chart.x_labels = names
    for title, values in series.items():
        chart.add(
            title,
            [
                {"value": value, "tooltip": f"{title}, {name}: {value:,.2f}{unit}"}
                for name, value in zip(names, values, strict=True)
            ],
        )
    return picture(chart, "lines", words)
