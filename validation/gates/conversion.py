"""Every construct has one disposition, none that the phase forbids, and the account is of today's source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

from migrate.config import Disposition
from validation.evidence import SIDES
from validation.facts import Fact, naming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from validation.evidence import Evidence
    from validation.records import Construct, Conversion, SourceFinding

GATE = "conversion"
KNOWN = frozenset(get_args(Disposition))


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about conversion.json.

    Raises:
        EvidenceError: it is missing or unreadable.
    """
    conversion, file = evidence.conversion, evidence.name(evidence.conversion_file)
    yield _fresh(conversion, evidence.code_sha256("dagster"), evidence.migration.legacy.root, file)
    yield _conserved(conversion, file)
    yield Fact(
        GATE,
        "source files",
        "all of them read",
        f"{len(conversion.errors)} errors",
        float(len(conversion.errors)),
        detail=naming(f"{e.file}:{e.line or 1} {e.message}" for e in conversion.errors),
        evidence=file,
    )
    for word in evidence.phase.forbid:
        yield _forbidden(word, [c for c in conversion.constructs if c.disposition == word], file)
    for finding in conversion.findings:
        if finding.finding == "batched":
            yield _batched(finding, evidence)


def _fresh(conversion: Conversion, now: str, root: str, file: str) -> Fact:
    then = conversion.legacy_sha256
    stale = "" if then == now and now else f"{root} has changed since it was converted"
    return Fact(
        GATE,
        "freshness",
        f"converted from {root} as it is now",
        "the same source" if not stale else "stale evidence",
        float(bool(stale)),
        detail=stale if then else "conversion.json records no digest of its source",
        evidence=file,
    )


def _conserved(conversion: Conversion, file: str) -> Fact:
    lost = [c for c in conversion.constructs if c.disposition not in KNOWN]
    counted = {w: sum(c.disposition == w for c in conversion.constructs) for w in KNOWN}
    wrong = [
        w
        for w in sorted(KNOWN | set(conversion.summary))
        if counted.get(w, 0) != conversion.summary.get(w, 0)
    ]
    problems = [f"{_place(c)} has no disposition" for c in lost] + [
        f"summary says {conversion.summary.get(w, 0)} {w}, the constructs say {counted.get(w, 0)}"
        for w in wrong
    ]
    if not conversion.constructs:
        problems.append("no construct was found at all")
    total = len(conversion.constructs)
    return Fact(
        GATE,
        "dispositions",
        "exactly one for every construct",
        f"{total - len(lost)} of {total} constructs",
        float(len(problems)),
        detail=naming(problems),
        evidence=file,
    )


def _forbidden(word: str, found: list[Construct], file: str) -> Fact:
    return Fact(
        GATE,
        f"forbidden: {word}",
        f"no construct left {word}",
        f"{len(found)} {word}",
        float(len(found)),
        detail=naming(f"{_place(c)}" + (f" ({c.note})" if c.note else "") for c in found),
        evidence=file,
        parts=tuple(f"{word}/{c.name}" for c in found),
    )


def _batched(finding: SourceFinding, evidence: Evidence) -> Fact:
    """Calls of dbt that became one are accepted over parity of a run in which their function ran."""
    missing = [side for side in SIDES if finding.entry not in _steps(evidence.folder / side / "events.jsonl")]
    advice = (
        f"{finding.before} calls of dbt became {finding.after} (--batch-dbt); name a job that runs it in "
    )
    advice += "[legacy] and its flow in [target], or convert without it"
    return Fact(
        GATE,
        f"batched: {finding.entry}",
        f"a run of {finding.entry} on both sides, whose tables are compared",
        "it ran on both" if not missing else f"it did not run to its end on {naming(missing)}",
        float(len(missing)),
        detail=advice if missing else "",
        evidence=evidence.name(evidence.folder),
        parts=(f"batched/{finding.entry}",) if missing else (),
    )


def _steps(events: Path) -> frozenset[str]:
    """Names of the steps that succeeded, without the graphs around them."""
    lines = events.read_text(encoding="utf-8").splitlines() if events.is_file() else ()
    told = [json.loads(line) for line in lines if '"step_finished"' in line]
    return frozenset(str(e.get("step", "")).rpartition(".")[2] for e in told if e.get("ok"))


def _place(construct: Construct) -> str:
    return f"{construct.kind} {construct.name} at {construct.file}:{construct.line or 1}"
