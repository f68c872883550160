"""One dual run: both sides' steps over each other, ratios, retries, logs, ways to both interfaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from validation.dashboard.drawing.gantt import MOST, gantt, longest
from validation.dashboard.names import find, piece
from validation.dashboard.page import Page
from validation.dashboard.reading.ledger import Read, read_ledger
from validation.dashboard.reading.logs import log_files
from validation.dashboard.reading.runs import RunLine, verdicts
from validation.dashboard.reading.steps import Steps, steps
from validation.dashboard.reading.values import table, text
from validation.dashboard.source import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site
    from validation.dashboard.source import Source

ADDRESS = re.compile(r"runs/(?P<run>[^/]+?)(/(?P<year>[^/]+))?\.html")


PATHS = {"dagster": "runs", "prefect": "runs/flow-run"}
"""Where a run is among its orchestrator's own pages."""
RUN_ID = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True)
class Told:
    """What a ledger says of a run: its steps, (side, year, path) among that side's own pages, troubles.

    `prefect_url` is where the run's own Prefect server answers, while it does.
    """

    steps: Steps
    ways: tuple[tuple[str, str, str], ...]
    trouble: str
    prefect_url: str

    @property
    def years(self) -> list[str]:
        """The years that have steps."""
        return sorted({pair.year for pair in self.steps.pairs})


def addresses(site: Site) -> Iterator[str]:
    """One a run, and one a year of a run of several."""
    for run in site.runs():
        yield f"runs/{piece(run.id)}.html"
        years = told(site.source, run).years
        yield from (f"runs/{piece(run.id)}/{piece(year)}.html" for year in years[1:])


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The run of that id; its first year, or the one that the address names."""
    run = find(parts["run"], site.runs(), lambda r: r.id)
    if run is None:
        return None
    said = told(site.source, run)
    year = find(parts["year"], said.years, str) if parts["year"] else next(iter(said.years), "")
    if year is None:
        return None
    mine = Steps(tuple(p for p in said.steps.pairs if p.year == year), said.steps.length)
    facts = {
        "run": run,
        "said": verdicts(site.source, run),
        "told": said,
        "most": MOST,
        "links": _links(said, site.interfaces),
        "year": year,
        "year_links": _year_links(run, said.years),
        "steps": mine,
        "chart": gantt(
            longest(mine.timed), "Steps of both sides over each other; the table below says the same"
        ),
        "nodes": gantt(
            longest(mine.moments), "The moment each node of a dbt call was done; the table says the same"
        ),
        "logs": [(log, f"runs/{piece(run.id)}/logs/{piece(log.name)}.html") for log in logs(site, run)],
        "parameters": _parameters(site.source, run),
        "run_path": run.folder.relative_to(site.source.root).as_posix(),
        "legacy": _legacy(site.source),
    }
    return Page(_address(parts), "runs", f"Run {run.id}", "run.html.j2", facts)


def _legacy(source: Source) -> tuple[str, str]:
    """The legacy's folder and module, as `dagster-webserver -d … -m …` takes them."""
    migration = source.migration()
    return ("…", "…") if isinstance(migration, Trouble) else (migration.legacy.root, migration.legacy.module)


def _address(parts: Mapping[str, str]) -> str:
    return f"runs/{parts['run']}/{parts['year']}.html" if parts["year"] else f"runs/{parts['run']}.html"


def _year_links(run: RunLine, years: list[str]) -> list[tuple[str, str]]:
    base = f"runs/{piece(run.id)}"
    return [(y, f"{base}/{piece(y)}.html" if n else f"{base}.html") for n, y in enumerate(years)]


def logs(site: Site, run: RunLine) -> list[Any]:
    """The log files of a run."""
    return log_files(site.source, run.folder)


def told(source: Source, run: RunLine) -> Told:
    """What the run's ledger says; nothing when there is none."""
    try:
        found: Told = source.cached(
            run.folder / "ledger.jsonl", "told", lambda file: _told(read_ledger(file))
        )
    except OSError as problem:
        return Told(Steps((), 0.0), (), f"ledger.jsonl: {problem.strerror or problem}", "")
    return found


def _told(read: Read) -> Told:
    url = next((text(r.facts.get("url")) for r in read.records if r.what == "server"), "")
    ended = any(r.what == "server_ended" for r in read.records)
    base = _interface(url)
    ways = []
    for record in read.records:
        run_id, path = text(record.facts.get("run_id")), PATHS.get(record.side)
        if record.what == "year_finished" and path and RUN_ID.fullmatch(run_id):
            ways.append((record.side, text(record.facts.get("year")), f"{path}/{run_id}"))
    return Told(steps(read), tuple(ways), read.trouble, "" if ended else base)


def _links(told: Told, interfaces: Mapping[str, str]) -> list[tuple[str, str]]:
    """(side and year, address) of each year's run in its orchestrator's own pages."""
    hosts = {**interfaces, **({"prefect": told.prefect_url} if told.prefect_url else {})}
    return [
        (f"{side.title()}, {year}", f"{hosts[side].rstrip('/')}/{path}") for side, year, path in told.ways
    ]


def _interface(api: str) -> str:
    """The address of Prefect's pages, of its API's; empty for anything but HTTP."""
    parts = urlsplit(api)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('/').removesuffix('/api')}"


def _parameters(source: Source, run: RunLine) -> list[tuple[str, str, str]]:
    """(what was tried, verdict, words) of the proof that the year is honoured."""
    record = source.json(run.folder / "run.json") or {}
    proof = table(record.get("parameters"))
    found = []
    if other := table(proof.get("other_year")):
        good = other.get("status") == "succeeded" and other.get("differs") is True
        words = text(other.get("reason")) or f"{other.get('rows')} rows of its own"
        found.append((f"another year, {other.get('year')}", "passed" if good else "failed", words))
    if no := table(proof.get("impossible_year")):
        good = no.get("refused") is True and no.get("unchanged") is True
        found.append((f"no year, {no.get('year')}", "passed" if good else "failed", text(no.get("message"))))
    return found
