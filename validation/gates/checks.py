"""Every check gives Dagster's verdict on the Prefect side, on each year's data and on corrupted data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from migrate.workspace import Workspace
from validation.evidence import SIDES
from validation.facts import Fact, naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence
    from validation.records import Check, Side, Verdicts

GATE = "checks"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """One fact a check and year, one a year on how many there are, and those on corrupted data."""
    file = evidence.name(evidence.folder / "run.json")
    dagster, prefect = evidence.side("dagster"), evidence.side("prefect")
    for side, name in ((dagster, "Dagster"), (prefect, "Prefect")):
        if side.status == "not_run":
            yield Fact(
                GATE, name, "check verdicts", "none", None, detail="this side did not run", evidence=file
            )
            return
    wanted = _declared(evidence)
    run_by_job = _of_the_job(evidence)
    for year in evidence.phase.years:
        left, right = verdicts(dagster, year), verdicts(prefect, year)
        if run_by_job == 0 and wanted and not (left or right):
            yield _none_run(evidence, year, wanted, file)
            continue
        yield _some(year, len(left), len(right), wanted, file)
        for key in sorted(left | right):
            fact = _same(year, key, left.get(key), right.get(key), file)
            known = _known(evidence, year, key)
            yield replace(fact, detail="; ".join(t for t in (fact.detail, known) if t))
    yield from _corrupted(evidence, wanted)


def verdicts(side: Side, year: int) -> dict[tuple[str, str], Check]:
    """The last verdict of each check in a year: a retried step reports its checks again."""
    return {(c.asset, c.check): c for c in side.checks if c.year == year}


def _known(evidence: Evidence, year: int, key: tuple[str, str]) -> str:
    """Whether the baseline, the legacy alone, fails this check too: then it is no fault of the migration."""
    baseline = evidence.run.baseline
    for known in baseline.known_failures if baseline else ():
        if (known.asset, known.name) == key and (not known.years or year in known.years):
            stale = f", which is stale: {baseline.stale}" if baseline and baseline.stale else ""
            return f"known to fail on the legacy alone (baseline{stale})"
    return ""


def _declared(evidence: Evidence) -> int:
    try:
        return evidence.equivalence.counts.get("checks", (0, 0))[0]
    except EvidenceError:
        return 1  # unknown: then some are expected


def _of_the_job(evidence: Evidence) -> int | None:
    """How many checks the judged job evaluates, as Dagster loads it; None when that is not known."""
    try:
        return evidence.equivalence.job_checks.get(evidence.migration.legacy.job)
    except EvidenceError:
        return None


def _none_run(evidence: Evidence, year: int, declared: int, file: str) -> Fact:
    """A job of ops evaluates no asset check in Dagster either: there is no verdict to compare."""
    job = evidence.migration.legacy.job
    told = f"job {job} runs none of the {declared} that the project declares"
    return Fact(GATE, f"{year}", told, "none on either side", 0.0, evidence=file, year=year, asked=False)


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


# ---- on corrupted data -----------------------------------------------------------------------


def _corrupted(evidence: Evidence, wanted: int) -> Iterator[Fact]:
    """What `migrate verify --checks` found; missing, it is red where the phase asks for it."""
    file = evidence.name(Workspace.of(evidence.migration).verdicts)
    found = evidence.verdicts
    if found is None:
        if evidence.phase.corrupted_checks and wanted:
            detail = "run `migrate verify --checks`"
            yield Fact(GATE, "corrupted data", "each check tried", "none", None, detail=detail, evidence=file)
        elif wanted:
            yield Fact(GATE, "corrupted data", "none asked for by this phase", "not tried", 0.0, asked=False)
        return
    for side, then in zip(SIDES, (found.legacy_sha256, found.target_sha256), strict=True):
        fresh = bool(then) and then == evidence.code_sha256(side)
        yield Fact(
            GATE,
            f"corrupted data: {side}",
            "checks of the code as it is now",
            "the same code" if fresh else "stale evidence",
            float(not fresh),
            detail="" if fresh else f"the {side} side's code has changed since `migrate verify --checks`",
            evidence=file,
        )
    yield _tried(found, wanted, file)


def _tried(found: Verdicts, wanted: int, file: str) -> Fact:
    """Whether any check says something else than Dagster's; what was not tried is told, not hidden."""
    outcomes = [c.outcome for c in found.checks]
    apart = [c for c in found.checks if c.outcome == "different"]
    broken = [*found.failed_changes]
    if wanted and not {"same", "not flipped"} & set(outcomes):
        broken.append("no check was tried")
    if not found.equal and not apart and not broken:
        broken.append("it says different but names no check")
    untried = [f"{c.asset}:{c.check}" for c in found.checks if c.outcome in ("not flipped", "not run")]
    told = [f"{c.asset}:{c.check}: {c.detail}" for c in apart] + broken
    told += [f"no proof on bad data for {naming(untried)}"] if untried else []
    return Fact(
        GATE,
        "corrupted data",
        "Dagster's verdict on good and on corrupted data",
        f"{outcomes.count('same')} checks alike on both, {len(apart)} different, {len(untried)} not proved",
        float(len(apart) + len(broken)),
        detail="; ".join(told),
        evidence=file,
        parts=() if broken else tuple(f"{c.asset}:{c.check}" for c in apart),
    )
