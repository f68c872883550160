"""The ledger of the shadow schedule: one record a tick, and how many in a row were green.

A record's `what` is "tick"; its outcome is `green` (both sides ran and agree), `red` (they differ or one
failed), `cannot_say` (one did not run), `missed` (nothing was running when it was due, or the one
before still ran) or `skipped` (the schedule itself asked for nothing).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.files import digest_tree
from shims.ledger import read_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from migrate.config import Migration

TICK = "tick"


@dataclass(frozen=True)
class Tick:
    """One tick: when it was due (ISO, UTC), what became of it, on which code."""

    at: str
    due: str
    outcome: str
    schedule: str = ""
    run: str = ""
    reason: str = ""
    code: Mapping[str, str] | None = None


def read_ticks(file: Path) -> list[Tick]:
    """All ticks, oldest first; none when there is no ledger yet. Raises EvidenceError for a broken one."""
    if not file.is_file():
        return []
    kept = ("due", "outcome", "schedule", "run", "reason")
    return [
        Tick(at=r.at, code=r.facts.get("code"), **{key: str(r.facts.get(key) or "") for key in kept})
        for r in read_ledger(file)
        if r.what == TICK
    ]


def code_now(migration: Migration) -> dict[str, str]:
    """Digests of both sides' code: a green tick speaks only for the code it ran."""
    roots = {"dagster": migration.legacy.root, "prefect": migration.target.root}
    return {side: digest_tree(migration.root / root) for side, root in roots.items()}


def streak(ticks: Sequence[Tick], code: Mapping[str, str]) -> tuple[int, str]:
    """(green ticks in a row up to the newest, what ended the row before them).

    A missed tick ends it: nobody looked. A skipped one neither counts nor ends it.
    """
    count = 0
    for tick in reversed(ticks):
        if tick.outcome == "skipped":
            continue
        if tick.outcome != "green":
            return count, f"{tick.due}: {tick.outcome}{f' ({tick.reason})' if tick.reason else ''}"
        if dict(tick.code or {}) != dict(code):
            return count, f"{tick.due}: green, but of other code than today's"
        count += 1
    return count, "there is no earlier tick"
