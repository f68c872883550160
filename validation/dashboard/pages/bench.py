"""Bench: what the target costs for one of the legacy's, over time, and the figures of `make bench`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validation.dashboard.drawing.lines import lines
from validation.dashboard.names import piece
from validation.dashboard.page import Page
from validation.dashboard.reading.bench import Measured, figures, measured
from validation.dashboard.render import when

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"bench\.html")


def addresses(site: Site) -> Iterator[str]:
    """One."""
    yield "bench.html"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """Charts of all measured runs, and a table of each."""
    runs = measured(site.runs())
    found = figures(site.source)
    facts = {
        "charts": [charts(phase, runs) for phase in sorted({run.phase for run in runs})],
        "rows": [(run, f"runs/{piece(run.run)}.html") for run in reversed(runs)],
        "areas": {
            area: [f for f in found if f.area == area] for area in dict.fromkeys(f.area for f in found)
        },
    }
    return Page("bench.html", "bench", "Bench", "bench.html.j2", facts)


def charts(phase: str, runs: Sequence[Measured]) -> tuple[str, Markup, Markup]:
    """(phase, overhead, duration) of one phase's runs: other phases run other years."""
    mine = [run for run in runs if run.phase == phase]
    names = [when(run.started)[5:] for run in mine]
    overhead = {
        "without its server": [run.ratio for run in mine],
        "with its server": [run.ratio_with_server for run in mine],
    }
    duration = {
        "Dagster": [run.dagster_wall / run.years for run in mine],
        "Prefect": [run.prefect_wall / run.years for run in mine],
    }
    return (
        phase,
        lines(names, overhead, "", f"Overhead of each run of phase {phase}; the table below says the same"),
        lines(names, duration, " s", f"Seconds a year of each run of phase {phase}; the table says the same"),
    )
