"""One table of a comparison: its years, its differing columns, sampled rows side by side, where it began."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validation.dashboard.names import find, piece
from validation.dashboard.page import Page
from validation.dashboard.pages.parity import compared, parity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.reading.parity import Cause, Parity
    from validation.dashboard.site import Site

ADDRESS = re.compile(r"parity/(?P<run>[^/]+)/(?P<table>[^/]+)\.html")


def addresses(site: Site) -> Iterator[str]:
    """One a table of every compared run: for runs before the newest, only those that differ."""
    for number, run in enumerate(compared(site)):
        for table in parity_of(site, run).tables:
            if number == 0 or table.verdict != "equal":
                yield f"parity/{piece(run.id)}/{piece(table.name)}.html"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The table of that name in the run of that id."""
    run = find(parts["run"], compared(site), lambda r: r.id)
    if run is None:
        return None
    parity = parity_of(site, run)
    index: dict[str, str] = site.keep(
        f"tables {run.id}", lambda: {piece(t.name): t.name for t in parity.tables}
    )
    table = parity.find(index.get(parts["table"], ""))
    if table is None:
        return None
    facts = {
        "run": run,
        "table": table,
        "parity_link": f"parity/{piece(run.id)}.html",
        "began": began(parity, table.name),
        "follows": [c for c in parity.causes if table.name in c.consequences],
        "others": {
            name: f"parity/{piece(run.id)}/{piece(name)}.html"
            for cause in parity.causes
            for name in (cause.table, *cause.consequences)
        },
    }
    address = f"parity/{parts['run']}/{parts['table']}.html"
    return Page(address, "parity", f"{table.name} in run {run.id}", "table.html.j2", facts)


def began(parity: Parity, table: str) -> Cause | None:
    """The cause that the table is, if a difference began in it."""
    return next((c for c in parity.causes if c.table == table), None)
