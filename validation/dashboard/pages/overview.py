"""Board: phases, gates, routing by group, green dual runs in a row, what blocks the next step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migrate.errors import ChangeoverError
from migrate.routing_rules import STATES
from validation.dashboard.page import Page
from validation.dashboard.reading.runs import RunLine, verdicts
from validation.dashboard.source import Source, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validation.board import Board
    from validation.dashboard.site import Site

ADDRESS = re.compile(r"index\.html")
SHOWN = 3


@dataclass(frozen=True)
class Streak:
    """Green dual runs of a phase in a row, the newest first, and what ended the row."""

    phase: str
    runs: tuple[tuple[str, str], ...]
    green: int
    ended: str


def addresses(site: Site) -> Iterator[str]:
    """One."""
    yield "index.html"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The board, or what keeps it from being read."""
    found, trouble = read_board(site)
    runs = site.runs()
    facts = {
        "board": found,
        "trouble": trouble,
        "states": STATES,
        "streaks": {s.phase: s for s in (streak(site.source, runs, n) for n in _numbers(found))},
        "running": [r for r in runs if r.state == "running"],
        "recent": [(r, verdicts(site.source, r)) for r in runs[:5]],
        "shown": SHOWN,
    }
    return Page("index.html", "board", "Board", "board.html.j2", facts)


def _numbers(found: Board | None) -> list[str]:
    return [line.standing.phase for line in found.phases] if found else []


def read_board(site: Site) -> tuple[Board | None, Trouble | None]:
    """The board of `migrate status`, or why there is none."""
    migration = site.source.migration()
    if isinstance(migration, Trouble):
        return None, migration

    def fresh() -> Any:
        from validation.board import board

        return board(migration)

    try:
        return site.keep("board", fresh), None
    except (ChangeoverError, OSError) as problem:
        return None, Trouble.of(problem, site.source.root)
    except (KeyError, TypeError, ValueError) as problem:
        cause = f"a file in {site.source.workspace.state.name}/ is not what it should be: {problem!r}"
        return None, Trouble(cause, remedy="Run `migrate verify`, then `migrate gate` again.")


def streak(source: Source, runs: Sequence[RunLine], phase: str) -> Streak:
    """How many of a phase's newest runs were green: both sides succeeded, and gate or parity said yes."""
    mine = [run for run in runs if run.phase == phase]
    marks = [(run, _mark(source, run)) for run in mine]
    green, ended = 0, "there is no earlier run"
    for run, mark in marks:
        if mark == "running":
            continue
        if mark != "green":
            ended = f"{run.id}: {mark.replace('_', ' ')}"
            break
        green += 1
    shown = tuple((run.id, mark) for run, mark in marks[:20])
    return Streak(phase, shown, green, ended if mine else "no dual run yet")


def _mark(source: Source, run: RunLine) -> str:
    if run.state != "complete":
        return run.state
    if not run.ok:
        return "failed"
    said = verdicts(source, run)
    if said.gate:
        return said.gate
    return {"equal": "green", "different": "red"}.get(said.parity, "undecided")
