"""gate.json read back: believed only while its evidence is as it was and it follows from its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from migrate import files
from migrate.errors import EvidenceError
from migrate.workspace import read_json
from validation.decision import GATE_FILE, GX_FOLDER
from validation.facts import holds
from validation.gates import GATES
from validation.records import Record, read
from validation.waivers import GATE as WAIVERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class ReasonRecord(Record):
    """Why the verdict is not green."""

    gate: str
    subject: str
    message: str
    follows: tuple[str, ...] = ()


class GateRecord(Record):
    """One gate's sums."""

    name: str
    green: bool
    facts: int
    failed: int
    waived: int
    unmeasured: int
    asked: bool = True


class FactRecord(Record):
    """One judged fact."""

    gate: str
    subject: str
    year: int | None
    expected: str
    observed: str
    measure: float | None
    limit: float
    passed: bool
    waiver: str
    detail: str
    asked: bool = True


class WaiverRecord(Record):
    """One waiver as it stood."""

    gate: str
    scope: str
    owner: str
    reason: str
    expires: str
    state: str
    faults: tuple[str, ...]
    covers: tuple[str, ...]
    counted: int = 0
    at_most: int | None = None


class DigestRecord(Record):
    """One evidence file."""

    path: str
    sha256: str


class Decided(Record):
    """gate.json."""

    phase: str
    verdict: Literal["green", "red", "cannot_say"]
    green: bool
    run: str
    decided: str
    decided_by: dict[str, str]
    reasons: tuple[ReasonRecord, ...]
    gates: tuple[GateRecord, ...]
    facts: tuple[FactRecord, ...]
    waivers: tuple[WaiverRecord, ...]
    findings: tuple[str, ...]
    evidence: tuple[DigestRecord, ...]


def load(folder: Path) -> Decided:
    """The decision on a dual run.

    Raises:
        EvidenceError: the gate has not decided on it, or gate.json is not readable.
    """
    file = folder / GATE_FILE
    if not file.is_file():
        raise EvidenceError(
            "the gate has not decided on this dual run", file=file, remedy="Run `migrate gate`."
        )
    return read(file, Decided)


def doubts(decided: Decided, folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    """What speaks against believing a decision, as (file or gate, words); nothing when it stands."""
    for entry in decided.evidence:
        now = digest(root, entry.path)
        if now != entry.sha256:
            yield entry.path, "it is gone" if not now else "it has changed since the gate decided"
    missing = [name for name in (*GATES, WAIVERS) if not any(f.gate == name for f in decided.facts)]
    for name in missing:
        yield name, "the decision holds no fact of this gate"
    for fact in decided.facts:
        if fact.passed != holds(fact.measure, fact.limit, waived=bool(fact.waiver)):
            yield f"{fact.gate} {fact.subject}", "the verdict on this fact does not follow from its measure"
    if decided.green != (decided.verdict == "green") or (
        decided.green and not all(fact.passed for fact in decided.facts)
    ):
        yield GATE_FILE, "the verdict does not follow from the facts"
    yield from _unsupported(decided, folder)


def _unsupported(decided: Decided, folder: Path) -> Iterator[tuple[str, str]]:
    """Hold the decision against what Great Expectations wrote down itself."""
    said: list[bool] = []
    for file in sorted((folder / GX_FOLDER / "uncommitted" / "validations").rglob("*.json")):
        try:
            said += [bool(result["success"]) for result in read_json(file)["results"]]
        except (EvidenceError, KeyError, TypeError):
            yield file.name, "this result of Great Expectations cannot be read"
    if len(said) != len(decided.facts) or sum(said) != sum(fact.passed for fact in decided.facts):
        yield GX_FOLDER, "the results of Great Expectations are not those of the decision"


def digest(root: Path, path: str) -> str:
    """The SHA-256 of an evidence file or (with a slash at its end) folder now; empty when it is gone."""
    place = root / path
    if path.endswith("/"):
        return files.digest_tree(place) if place.is_dir() else ""
    return files.digest_file(place) if place.is_file() else ""
