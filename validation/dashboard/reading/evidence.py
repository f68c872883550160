"""Reports, digests, approvals and waivers of every phase."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.errors import ChangeoverError
from validation.dashboard.reading.values import rows, table, text, whole
from validation.dashboard.source import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from migrate.config import Migration
    from validation.approvals import Signature
    from validation.dashboard.source import Source

SOON_DAYS = 30
"""A waiver that expires within so many days is marked."""


@dataclass(frozen=True)
class Grant:
    """A waiver as it stands today. `used`: what the last gate said of it."""

    gate: str
    scope: str
    owner: str
    reason: str
    expires: str
    days: int
    at_most: int | None
    used: str

    @property
    def state(self) -> str:
        """In words."""
        if self.days < 0:
            return "expired"
        return "expires soon" if self.days <= SOON_DAYS else "in force"


@dataclass(frozen=True)
class Report:
    """The sign-off of one phase. `seal`: intact, stale, tampered, or why it cannot be told."""

    phase: str
    title: str
    verdict: str
    generated: str
    run: str
    standing: str
    seal: str
    broken: tuple[tuple[str, str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    approvals: tuple[Signature, ...]
    roles: tuple[str, ...]
    files: tuple[str, ...]
    risks: tuple[str, ...]


def grants(source: Source, migration: Migration, today: dt.date) -> list[Grant]:
    """The waivers of migration.toml, the soonest to expire first."""
    used = dict(_used(source))
    found = [
        Grant(
            w.gate,
            w.where,
            w.owner,
            w.reason,
            w.expires.isoformat(),
            (w.expires - today).days,
            w.at_most,
            used.get((w.gate, w.where), "no gate has met it yet"),
        )
        for w in migration.waivers
    ]
    return sorted(found, key=lambda g: g.expires)


def _used(source: Source) -> Iterator[tuple[tuple[str, str], str]]:
    """(gate, scope) → what the newest gate.json that knows it said of it."""
    for file in sorted(source.workspace.runs.glob("*/gate.json")):
        record = source.json(file) or {}
        for waiver in rows(record.get("waivers")):
            counted = whole(waiver.get("counted"))
            covered = f", {counted:,} rows or cells" if counted else ""
            phase = text(record.get("phase"))
            yield (
                (text(waiver.get("gate")), text(waiver.get("scope"))),
                f"{text(waiver.get('state'))} (phase {phase}{covered})",
            )


def reports(source: Source, migration: Migration) -> list[Report]:
    """One entry a phase that has a sign-off."""
    found = []
    for number in migration.phases:
        folder = source.workspace.sign_off(number)
        if source.inside(folder) and (folder / "report.json").is_file():
            found.append(_report(source, migration, number, folder))
    return found


def _report(source: Source, migration: Migration, number: str, folder: Path) -> Report:
    record = source.json(folder / "report.json") or {}
    seal, standing, broken = _verified(source, migration, number)
    return Report(
        phase=number,
        title=text(record.get("title")) or migration.phase(number).title,
        verdict=text(record.get("verdict")) or "unreadable",
        generated=text(record.get("generated")),
        run=text(table(record.get("run")).get("id")),
        standing=standing,
        seal=seal,
        broken=broken,
        evidence=tuple((text(e.get("path")), text(e.get("sha256"))) for e in rows(record.get("evidence"))),
        approvals=_signatures(folder),
        roles=migration.phase(number).approvals,
        files=tuple(p.name for p in sorted(folder.glob("report.*")) if p.is_file() and not p.is_symlink()),
        risks=tuple(text(r) for r in record.get("risks") or () if isinstance(r, str)),
    )


def _verified(
    source: Source, migration: Migration, number: str
) -> tuple[str, str, tuple[tuple[str, str, str], ...]]:
    """(state of the seal, how the report stands, what is not as it was): every digest is made again."""
    from validation import seal

    try:
        found = seal.verify(migration, number)
    except (ChangeoverError, OSError) as problem:
        return f"cannot say: {Trouble.of(problem, source.root).cause}", "unknown", ()
    except (KeyError, TypeError, ValueError) as problem:
        return f"cannot say: report.json is not what it should be ({problem})", "unknown", ()
    return found.state, found.standing, tuple((b.path, b.state, b.why) for b in found.broken)


def _signatures(folder: Path) -> tuple[Signature, ...]:
    from validation import approvals

    try:
        return tuple(approvals.read(folder))
    except (ChangeoverError, OSError):
        return ()
