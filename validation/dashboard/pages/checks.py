"""Checks: every check's verdict on both sides over time, and on corrupted data."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validation.dashboard.drawing.history import MOST, history
from validation.dashboard.drawing.tallies import SIGNS, tallies
from validation.dashboard.page import Page, csv_page, numbered, paged, pages_of
from validation.dashboard.reading.checks import History, corrupted, histories
from validation.dashboard.render import when

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

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
        "chart": over_time(site, found) if cut.number == 1 else None,
        "signs": SIGNS,
        "tried": any(h.corrupted for h in found),
        "any_run": bool(site.runs()),
    }
    return Page(numbered("checks", cut.number), "checks", "Checks", "checks.html.j2", facts)


def over_time(site: Site, found: list[History]) -> Markup | None:
    """How many checks had which verdict in each of the newest runs; None when all passed."""
    counts: dict[str, Counter[str]] = {}
    for check in found:
        for point in check.points:
            counts.setdefault(point.run, Counter())[point.verdict] += 1
    runs = [run for run in reversed(site.runs()) if run.id in counts][-MOST:]
    names = [when(run.started)[5:] for run in runs]
    return tallies(names, [counts[run.id] for run in runs], "Checks that did not pass, run by run")


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
