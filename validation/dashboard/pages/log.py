"""One log file of a dual run, with search. Only files in the run's own log folders are known here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validation.dashboard.names import find, piece
from validation.dashboard.page import Page
from validation.dashboard.reading.logs import SHOWN, log_files, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"runs/(?P<run>[^/]+)/logs/(?P<log>[^/]+)\.html")


def addresses(site: Site) -> Iterator[str]:
    """One a log file."""
    for run in site.runs():
        for log in log_files(site.source, run.folder):
            yield f"runs/{piece(run.id)}/logs/{piece(log.name)}.html"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The log's end, or the lines that hold what is searched for."""
    run = find(parts["run"], site.runs(), lambda r: r.id)
    if run is None:
        return None
    log = find(parts["log"], log_files(site.source, run.folder), lambda f: f.name)
    if log is None:
        return None
    wanted = query.get("q", "")[:200]
    facts = {"run": run, "log": log, "lines": read_lines(log, wanted), "wanted": wanted, "most": SHOWN}
    address = f"runs/{parts['run']}/logs/{parts['log']}.html"
    return Page(address, "runs", f"{log.name} of run {run.id}", "log.html.j2", facts)
