"""All pages of one project: which there are, and each of them as HTML. Both forms are made of this."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from validation.dashboard import render
from validation.dashboard.page import Page
from validation.dashboard.pages import (
    asset,
    bench,
    checks,
    download,
    evidence,
    lineage,
    log,
    overview,
    parity,
    run,
    runs,
    search,
    table,
)
from validation.dashboard.reading.runs import RunLine, run_lines
from validation.dashboard.reading.state import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from validation.dashboard.source import Source

BOARD_SECONDS = 20
"""How long a board is shown without digesting the project's code again; a change of state ends it at once."""

BLINK = 0.2
"""Seconds in which the state is not looked at again: one page asks for it a dozen times."""


INTERFACES = {"dagster": "http://127.0.0.1:3000", "prefect": "http://127.0.0.1:4200"}
"""Where both orchestrators' own pages are when they are started by hand."""


class Maker(Protocol):
    """A module of pages/: the addresses it answers, those that exist, and the page behind one."""

    ADDRESS: re.Pattern[str]

    def addresses(self, site: Site) -> Iterator[str]:
        """Every page there is, for a site that is written to files."""

    def make(self, site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
        """The page of an address; None when nothing is known by that name."""


MAKERS: tuple[Any, ...] = (
    *(overview, lineage, asset, parity, table, runs, run, log),
    *(checks, evidence, bench, search, download),
)


@dataclass
class Site:
    """A project's pages. `static` marks a site written to files: nothing live, nothing asks a server.

    `interfaces`: side → the address of that orchestrator's own pages, which runs link to.
    """

    source: Source
    static: bool = False
    interfaces: Mapping[str, str] = field(default_factory=lambda: INTERFACES)
    _kept: dict[str, tuple[str, float, Any]] = field(default_factory=dict)
    _looked: tuple[str, float] = ("", float("-inf"))
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def digest(self) -> str:
        """What an open page compares to know that something has changed; of this moment, within a blink."""
        now = time.monotonic()
        if now - self._looked[1] > BLINK:
            self._looked = (digest(self.source), now)
        return self._looked[0]

    def runs(self) -> list[RunLine]:
        """All dual runs, newest first."""
        found: list[RunLine] = self.keep("runs", lambda: run_lines(self.source), seconds=5)
        return found

    def keep(self, name: str, make: Callable[[], Any], seconds: float = BOARD_SECONDS) -> Any:
        """What `make` returns, made again when the state's digest changes or it is older than `seconds`."""
        state, seconds = ("", float("inf")) if self.static else (self.digest(), seconds)
        with self._lock:  # two who ask at once share one reading
            known = self._kept.get(name)
            if known is None or known[0] != state or time.monotonic() - known[1] > seconds:
                made = make()
                known = self._kept[name] = (state, time.monotonic(), made)
            return known[2]

    def addresses(self) -> Iterator[str]:
        """Every page there is."""
        for maker in MAKERS:
            yield from maker.addresses(self)

    def page(self, address: str, query: Mapping[str, str] | None = None) -> Page:
        """The page of an address; a page that says there is none when nothing is known by it."""
        state = "" if self.static else self.digest()
        for maker in MAKERS:
            match = maker.ADDRESS.fullmatch(address)
            if match and (page := maker.make(self, match.groupdict(""), query or {})):
                found: Page = replace(page, state=state)
                return found
        return Page(address, "", "Not found", "missing.html.j2", {"wanted": address}, status=404, state=state)

    def content(self, page: Page) -> bytes:
        """A page as it is sent or written."""
        return render.html(self, page).encode() if page.template else page.data
