"""How a phase's gate stands today: green counts only while everything it rests on is as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from migrate import files
from migrate.errors import EvidenceError
from migrate.workspace import Workspace
from validation import gate_record
from validation.decision import GATE_FILE
from validation.input_now import changes
from validation.records import Run, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from migrate.config import Migration

State = Literal["green", "red", "stale", "undecided", "no run"]


@dataclass(frozen=True)
class Standing:
    """A phase's gate as it stands; `reasons` say why it is not green."""

    phase: str
    title: str
    state: State
    reasons: tuple[str, ...] = ()
    run: str = ""
    decided: str = ""
    gate_sha256: str = ""

    @property
    def green(self) -> bool:
        """Whether a step forward may rest on it."""
        return self.state == "green"

    @property
    def evidence(self) -> dict[str, str]:
        """What a recorded step names as its ground."""
        return {
            "phase": self.phase,
            "run": self.run,
            "decided": self.decided,
            "gate_sha256": self.gate_sha256,
        }


def standing(migration: Migration, number: str) -> Standing:
    """The gate of a phase, its evidence digested again.

    Raises:
        ConfigError: there is no such phase.
    """
    title = migration.phase(number).title
    try:
        folder = Workspace.of(migration).latest_run(number)
    except EvidenceError as problem:
        return Standing(number, title, "no run", (f"{problem.cause}. {problem.remedy}",))
    try:
        decided = gate_record.load(folder)
    except EvidenceError as problem:
        return Standing(number, title, "undecided", (f"{problem.cause}. {problem.remedy}",), folder.name)
    known = {
        "run": folder.name,
        "decided": decided.decided,
        "gate_sha256": files.digest_file(folder / GATE_FILE),
    }
    if not decided.green:
        reasons = [f"{r.gate} · {r.subject}: {r.message}" for r in decided.reasons]
        return Standing(number, title, "red", tuple(reasons or [f"the gate said {decided.verdict}"]), **known)
    stale = tuple(f"{what}: {why}" for what, why in _doubts(migration, decided, folder))
    return Standing(number, title, "stale" if stale else "green", stale, **known)


def _doubts(migration: Migration, decided: gate_record.Decided, folder: Path) -> Iterator[tuple[str, str]]:
    """All that speaks against resting on a green gate today."""
    yield from gate_record.doubts(decided, folder, migration.root)
    frozen = read(folder / "run.json", Run).input
    for path, words in changes(migration.root, migration.input.freeze, frozen).items():
        yield path, f"{words} since the dual run read it"
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for waiver in decided.waivers:
        if waiver.covers and waiver.expires < today:
            yield f"waiver {waiver.scope}", f"it expired on {waiver.expires}"
