"""Parity: a heat map of tables by year, for the newest compared run or the one that the address names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validation.dashboard.names import find, piece
from validation.dashboard.page import Page, csv_page, numbered, paged, pages_of
from validation.dashboard.reading.parity import Parity, Table, read_parity
from validation.dashboard.reading.runs import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.reading.runs import RunLine
    from validation.dashboard.site import Site

ADDRESS = re.compile(r"parity(/(?P<run>[^/.]+))?(\.(?P<number>\d{1,4}))?\.(?P<form>html|csv)")
ORDER = {"error": 0, "missing": 1, "schema": 2, "different": 3, "equal": 4}


def compared(site: Site) -> list[RunLine]:
    """Runs that have a parity.json, newest first."""
    return [r for r in site.runs() if (r.folder / "parity.json").is_file()]


def parity_of(site: Site, run: RunLine) -> Parity:
    """A run's comparison; read again when the file changes."""
    try:
        found: Parity = site.source.cached(run.folder / "parity.json", "parity", read_parity)
    except OSError as problem:
        return Parity(trouble=f"parity.json: {problem.strerror or problem}")
    return found


def in_order(parity: Parity) -> list[Table]:
    """What differs first, then by name."""
    return sorted(parity.tables, key=lambda t: (ORDER.get(t.verdict, 0), t.name))


def addresses(site: Site) -> Iterator[str]:
    """The newest, and of every compared run: each page of its tables, and all of them as CSV."""
    yield "parity.html"
    for run in compared(site):
        stem = f"parity/{piece(run.id)}"
        for number in range(1, pages_of(len(parity_of(site, run).tables)) + 1):
            yield numbered(stem, number)
        yield f"{stem}.csv"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The heat map of a run."""
    runs = compared(site)
    run = find(parts["run"], runs, lambda r: r.id) if parts["run"] else next(iter(runs), None)
    if run is None:
        empty: dict[str, Any] = {"run": None, "runs": [], "any_run": bool(site.runs())}
        return None if parts["run"] else Page("parity.html", "parity", "Parity", "parity.html.j2", empty)
    parity = parity_of(site, run)
    stem = f"parity/{piece(run.id)}"
    if parts["form"] == "csv":
        return _csv(f"{stem}.csv", parity) if parts["run"] else None
    found = paged(in_order(parity), int(parts["number"] or 1), stem)
    if found is None:
        return None
    facts = {
        "run": run,
        "runs": [(r, f"parity/{piece(r.id)}.html", verdicts(site.source, r).parity) for r in runs],
        "parity": parity,
        "paged": found,
        "stem": stem,
        "newest": run is runs[0],
    }
    address = numbered(stem, found.number) if parts["run"] else "parity.html"
    return Page(address, "parity", f"Parity of run {run.id}", "parity.html.j2", facts)


def _csv(address: str, parity: Parity) -> Page:
    head: tuple[str, ...] = ("table", "verdict", "year", "year's verdict", "rows Dagster", "rows Prefect")
    head += ("only in Dagster", "only in Prefect", "changed", "reason")
    rows = (
        (
            t.name,
            t.verdict,
            c.year,
            c.verdict,
            c.rows_left,
            c.rows_right,
            c.only_left,
            c.only_right,
            c.changed,
            t.reason,
        )
        for t in in_order(parity)
        for c in t.cells
    )
    whole = (
        (
            t.name,
            t.verdict,
            "",
            t.verdict,
            t.rows_left,
            t.rows_right,
            t.only_left,
            t.only_right,
            t.changed,
            t.reason,
        )
        for t in in_order(parity)
        if not t.cells
    )
    return csv_page(address, head, iter([*rows, *whole]))
