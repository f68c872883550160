"""Every check gives Dagster's verdict on the Prefect side, year by year, and none is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from validation.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence
    from validation.records import Check, Side

GATE = "checks"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """One fact a check and year, and one a year on how many there are."""
    file = evidence.name(evidence.folder / "run.json")
    dagster, prefect = evidence.side("dagster"), evidence.side("prefect")
    for side, name in ((dagster, "Dagster"), (prefect, "Prefect")):
        if side.status == "not_run":
            yield Fact(
                GATE, name, "check verdicts", "none", None, detail="this side did not run", evidence=file
            )
            return
    wanted = _declared(evidence)
    for year in evidence.phase.years:
        left, right = verdicts(dagster, year), verdicts(prefect, year)
        yield _some(year, len(left), len(right), wanted, file)
        for key in sorted(left | right):
            yield _same(year, key, left.get(key), right.get(key), file)


def verdicts(side: Side, year: int) -> dict[tuple[str, str], Check]:
    """The last verdict of each check in a year: a retried step reports its checks again."""
    return {(c.asset, c.check): c for c in side.checks if c.year == year}


def _declared(evidence: Evidence) -> int:
    try:
        return evidence.equivalence.counts.get("checks", (0, 0))[0]
    except EvidenceError:
        return 1  # unknown: then some are expected


def _some(year: int, left: int, right: int, wanted: int, file: str) -> Fact:
    silent = wanted > 0 and not (left and right)
    return Fact(
        GATE,
        f"{year}",
        "verdicts from both sides" if wanted else "no check is declared",
        f"{left} in Dagster, {right} in Prefect",
        float(silent),
        detail="checks are declared but a side reported none" if silent else "",
        evidence=file,
        year=year,
    )


def _same(year: int, key: tuple[str, str], left: Check | None, right: Check | None, file: str) -> Fact:
    same = left is not None and right is not None and verdict(left) == verdict(right)
    asset, check = key
    missing = " and ".join(n for n, c in (("Dagster", left), ("Prefect", right)) if c is None)
    return Fact(
        GATE,
        f"{asset}:{check} {year}",
        f"Dagster's verdict ({verdict(left)})",
        verdict(right),
        float(not same),
        detail=f"check {check} of {asset} gave no verdict in {missing}" if missing else "",
        evidence=file,
        year=year,
        parts=() if same else (f"{asset}:{check}/{year}",),
    )


def verdict(check: Check | None) -> str:
    """What a check said; severity matters only where it failed."""
    if check is None:
        return "missing"
    return "passed" if check.passed else f"failed, {(check.severity or 'error').lower()}"
