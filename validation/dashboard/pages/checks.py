"""Checks: every check's verdict on both sides over time, and on corrupted data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validation.dashboard.drawing.history import history
from validation.dashboard.page import Page, csv_page, numbered, paged, pages_of
from validation.dashboard.reading.checks import History, corrupted, histories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"checks(\.(?P<number>\d{1,4}))?\.(?P<form>html|csv)")


def all_checks(site: Site) -> list[History]:
    """Every check of all complete runs; what differs or fails in the newest stands first."""
    found: list[History] = site.keep("checks", lambda: histories(site.runs(), corrupted(site.source)))
    return found


def addresses(site: Site) -> Iterator[str]:
    """One a page of the list, and all of them as CSV."""
    for number in range(1, pages_of(len(all_checks(site))) + 1):
        yield numbered("checks", number)
    yield "checks.csv"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """A page of the list."""
    found = all_checks(site)
    if parts["form"] == "csv":
        return _csv(found)
    cut = paged(found, int(parts["number"] or 1), "checks")
    if cut is None:
        return None
    counts = {
        verdict: sum(h.last.verdict == verdict for h in found)
        for verdict in ("passed", "failed", "differs", "one side only")
    }
    facts = {
        "rows": [(h, history([p.verdict for p in h.points])) for h in cut.items],
        "paged": cut,
        "counts": counts,
        "tried": any(h.corrupted for h in found),
        "any_run": bool(site.runs()),
    }
    return Page(numbered("checks", cut.number), "checks", "Checks", "checks.html.j2", facts)


def _csv(found: list[History]) -> Page:
    head = ("asset", "check", "severity", "run", "verdict", "years failed, Dagster", "years failed, Prefect")
    rows = (
        (
            *(h.asset, h.check, h.severity, p.run, p.verdict),
            " ".join(p.dagster.failed) if p.dagster else "not run",
            " ".join(p.prefect.failed) if p.prefect else "not run",
        )
        for h in found
        for p in h.points
    )
    return csv_page("checks.csv", head, rows)
