"""The gate was tried itself: every fault that was seeded into the judged run's output was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate import files
from validation.evidence import SIDES
from validation.facts import Fact, naming
from validation.records import read
from validation.self_test_record import SelfTestRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence

GATE = "self-test"
FILE = "self-test.json"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about self-test.json, where the phase asks for it or somebody made it.

    Raises:
        EvidenceError: it is there and unreadable.
    """
    file = evidence.folder / FILE
    name = evidence.name(file)
    if not file.is_file():
        asked = evidence.phase.self_test
        expected = "seeded faults" if asked else "none asked for by this phase"
        remedy = f"run `migrate gate --phase {evidence.number} --self-test`" if asked else ""
        off = None if asked else 0.0
        yield Fact(GATE, "seeded faults", expected, "none", off, detail=remedy, asked=asked)
        return
    found = read(file, SelfTestRecord)
    yield _fresh(found, evidence, name)
    for kind in found.by_fault:
        lost = [
            f"{f.table} ({f.what})" for f in found.faults if f.fault == kind.fault and f.outcome == "missed"
        ]
        yield Fact(
            GATE,
            kind.fault,
            "every fault that was seeded is found",
            f"{kind.found} of {kind.found + kind.missed} found, {kind.not_applicable} could not be applied",
            float(len(lost)),
            detail=f"not found: {naming(lost)}" if lost else "",
            evidence=name,
        )


def _fresh(found: SelfTestRecord, evidence: Evidence, name: str) -> Fact:
    problems = [
        f"the {side} database is not the one that was tried"
        for side in SIDES
        if found.databases.get(side) != evidence.side(side).database_sha256
    ]
    if found.config_sha256 != files.digest_file(evidence.migration.file):
        problems.append("migration.toml has changed since")
    seeded = sum(f.outcome in ("found", "missed") for f in found.faults)
    counted = sum(kind.found + kind.missed for kind in found.by_fault)
    if not seeded:
        problems.append("no fault could be seeded at all")
    if seeded != counted:
        problems.append(f"its sums say {counted} faults, its list {seeded}")
    return Fact(
        GATE,
        "account",
        "faults seeded into this run's output, under today's settings",
        f"{seeded} faults seeded",
        float(len(problems)),
        detail="; ".join(problems),
        evidence=name,
    )
