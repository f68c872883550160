"""The report as one HTML file: no script, no font, no picture from anywhere else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from validation.report_text import HEADINGS, MEANING, STANDING, follows, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validation.report import HeatRow, Reason, Report

TEMPLATE = "report.html.j2"
SHOWN = 6
"""How many reasons stand in the first screen; the others are folded below them."""
WIDE = {1: 3, 2: 3, 3: 2, 4: 2}
"""How many columns of tables the heat map is set in, by number of years; one for more years."""


def render(report: Report) -> str:
    """The whole page."""
    environment = Environment(
        loader=PackageLoader("validation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "count": count,
        "seconds": seconds,
        "ratio": ratio,
        "size": size,
        "follows": follows,
    }
    years = sorted({c.year for row in report.parity for c in row.cells if c.year is not None}, key=str)
    return environment.get_template(TEMPLATE).render(
        report=report,
        years=years,
        heat=columns(report.parity, WIDE.get(len(years), 1)),
        reasons=spread(report.reasons),
        say=say(report),
        standing=STANDING.get(report.standing, report.standing),
        meaning=MEANING,
        headings=HEADINGS,
        shown=SHOWN,
    )


def spread(reasons: Sequence[Reason]) -> list[Reason]:
    """The reasons with the first of every gate in front, so that a long one hides no other."""
    seen: Counter[str] = Counter()
    ranked = []
    for reason in reasons:
        ranked.append((seen[reason.gate], reason))
        seen[reason.gate] += 1
    return [reason for _, reason in sorted(ranked, key=lambda pair: pair[0])]


def columns(rows: Sequence[HeatRow], wanted: int) -> list[Sequence[HeatRow]]:
    """Cut the rows into `wanted` runs of about equal length, in order; empty runs are left out."""
    length = -(-len(rows) // wanted)
    return [rows[start : start + length] for start in range(0, len(rows), length)] if length else []


def count(value: int | None) -> str:
    """A whole number with thin spaces between thousands, or a dash."""
    return "–" if value is None else f"{value:,}".replace(",", "\u202f")


def seconds(value: float | None) -> str:
    """Seconds with one decimal, or a dash."""
    return "–" if value is None else f"{value:.1f}\u202fs"


def ratio(value: float | None) -> str:
    """A ratio with two decimals, or a dash."""
    return "–" if value is None else f"{value:.2f}"


def size(value: int | None) -> str:
    """Bytes as MB, or a dash."""
    return "–" if value is None else f"{value / 1e6:.0f}\u202fMB"
