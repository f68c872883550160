"""The gates of a phase: one file each, in the order in which a reader wants their answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from validation.facts import Fact
from validation.gates import (
    budget,
    checks,
    conversion,
    deliverables,
    dual_run,
    equivalence,
    in_a_row,
    outputs,
    parameters,
    seeded,
    shadow,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from validation.evidence import Evidence

GATES: dict[str, Callable[[Evidence], Iterable[Fact]]] = {
    conversion.GATE: conversion.facts,
    equivalence.GATE: equivalence.facts,
    dual_run.GATE: dual_run.facts,
    in_a_row.GATE: in_a_row.facts,
    outputs.GATE: outputs.facts,
    tables.GATE: tables.facts,
    checks.GATE: checks.facts,
    parameters.GATE: parameters.facts,
    budget.GATE: budget.facts,
    seeded.GATE: seeded.facts,
    shadow.GATE: shadow.facts,
    deliverables.GATE: deliverables.facts,
}


def gather(evidence: Evidence) -> list[Fact]:
    """Every fact of every gate; evidence that cannot be read becomes a fact that nobody could measure."""
    found: list[Fact] = []
    for gate, facts in GATES.items():
        try:
            measured = list(facts(evidence))
        except EvidenceError as problem:
            place = evidence.name(_path(problem)) if problem.file else gate
            measured = [
                Fact(gate, place, "readable evidence", "none", None, detail=problem.cause, evidence=place)
            ]
        found += measured or [Fact(gate, gate, "something measured", "nothing", None)]
    return found


def _path(problem: EvidenceError) -> Path:
    return Path(problem.file or "")
