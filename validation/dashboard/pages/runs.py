"""Runs: every dual run with both sides, newest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validation.dashboard.names import piece
from validation.dashboard.page import Page, numbered, paged, pages_of
from validation.dashboard.reading.runs import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"runs(\.(?P<number>\d{1,4}))?\.html")


def addresses(site: Site) -> Iterator[str]:
    """One a page of the list."""
    for number in range(1, pages_of(len(site.runs())) + 1):
        yield numbered("runs", number)


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """A page of the list."""
    found = paged(site.runs(), int(parts["number"] or 1), "runs")
    if found is None:
        return None
    rows = [(run, verdicts(site.source, run), f"runs/{piece(run.id)}.html") for run in found.items]
    return Page(
        numbered("runs", found.number), "runs", "Runs", "runs.html.j2", {"rows": rows, "paged": found}
    )
