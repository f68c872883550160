"""The year is honoured: another year gives other rows, an impossible one is refused and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validation.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence
    from validation.records import ImpossibleYear, OtherYear

GATE = "parameters"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about the probe of the target's year parameter, if the phase asks for one."""
    file, probe = evidence.name(evidence.folder / "run.json"), evidence.phase.parameters
    if probe is None:
        yield Fact(GATE, "probe", "none asked for by this phase", "none", 0.0, evidence=file, asked=False)
        return
    found = evidence.run.parameters
    if found is None:
        yield Fact(GATE, "probe", "the year parameter tried", "not tried", None, evidence=file)
        return
    yield _other(found.other_year, probe.other_year, file)
    yield _impossible(found.impossible_year, probe.impossible_year, file)


def _other(found: OtherYear, asked: int, file: str) -> Fact:
    problems = _another(found.year, asked)
    if found.status != "succeeded":
        problems.append(f"its run {found.status.replace('_', ' ')}")
    if not found.rows:
        problems.append("it left no rows")
    if not found.differs:
        problems.append("its rows are those of the phase's own year: the parameter is not honoured")
    return Fact(
        GATE,
        f"another year, {asked}",
        "a run of its own with other rows",
        f"{found.status.replace('_', ' ')}, {found.rows or 0} rows",
        float(len(problems)),
        detail="; ".join([*problems, *([found.reason] if problems and found.reason else [])]),
        evidence=file,
        year=asked,
    )


def _impossible(found: ImpossibleYear, asked: int, file: str) -> Fact:
    problems = _another(found.year, asked)
    if not found.refused:
        problems.append("the run was not refused")
    if not found.unchanged:
        problems.append("the database was changed by it")
    return Fact(
        GATE,
        f"an impossible year, {asked}",
        "refused, and nothing changed",
        "refused" if found.refused else "accepted",
        float(len(problems)),
        detail="; ".join(problems),
        evidence=file,
        year=asked,
    )


def _another(found: int, asked: int) -> list[str]:
    return [] if found == asked else [f"{found} was tried, not {asked}"]
