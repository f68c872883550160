"""A phase's gate: measure, let Great Expectations decide, write down what was decided and on what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate import files
from migrate.errors import CANNOT_SAY, NO, YES, EvidenceError
from migrate.workspace import Workspace
from validation import waivers
from validation.evidence import SIDES, Evidence, collect
from validation.findings import findings
from validation.gates import gather, outputs, seeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrate.config import Migration
    from validation.facts import Judged, Verdict
    from validation.waivers import Grant

EXIT: dict[Verdict, int] = {"green": YES, "red": NO, "cannot_say": CANNOT_SAY}
GATE_FILE = "gate.json"
GX_FOLDER = "gx"


@dataclass(frozen=True)
class Decision:
    """What the gate decided, and everything it rests on."""

    evidence: Evidence
    judged: tuple[Judged, ...]
    grants: tuple[Grant, ...]
    findings: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Green when every fact holds; cannot say as soon as one could not be measured."""
        if not self.judged or any(not j.fact.measured for j in self.judged):
            return "cannot_say"
        return "green" if all(j.passed for j in self.judged) else "red"

    @property
    def gates(self) -> list[str]:
        """The gates in their order."""
        return list(dict.fromkeys(j.fact.gate for j in self.judged))


def decide(
    migration: Migration,
    number: str,
    run_id: str | None = None,
    today: dt.date | None = None,
    *,
    docs: bool = True,
) -> Decision:
    """Judge a phase on its newest complete dual run (or the one named) and write gate.json into its folder.

    Args:
        migration: the settings.
        number: the phase.
        run_id: a dual run of that phase; None for the newest.
        docs: whether to write Great Expectations' Data Docs.
        today: the day waivers are held against; None for today (UTC).

    Raises:
        EvidenceError: there is no dual run to judge, or Great Expectations gave no verdict that adds up.
        ConfigError: there is no such phase.
    """
    today = today or dt.datetime.now(dt.UTC).date()
    evidence = collect(migration, number, run_id)
    (evidence.folder / GATE_FILE).unlink(missing_ok=True)  # an old verdict must not outlive a failed attempt
    parity, trouble = _compare(evidence)
    evidence = replace(evidence, parity=parity, parity_trouble=trouble)
    facts = gather(evidence)
    passing, grants = waivers.grant(facts, migration.waivers, today)
    facts += waivers.facts(grants)
    from validation import expectations  # 3 s to import: after the comparison, and never for --help

    judged = expectations.decide(facts, passing, evidence.folder / GX_FOLDER, docs=docs)
    decision = Decision(evidence, tuple(judged), grants, tuple(findings(evidence, grants, facts)))
    files.write_json(evidence.folder / GATE_FILE, to_json(decision))
    return decision


def _compare(evidence: Evidence) -> tuple[dict[str, Any] | None, str]:
    """Compare both databases and leave parity.json in the run's folder; else None, and why not."""
    target = evidence.folder / outputs.REPORT
    target.unlink(missing_ok=True)
    idle = [side for side in SIDES if evidence.side(side).status == "not_run"]
    left, right = (evidence.database(side) for side in SIDES)
    if idle:
        return None, f"the {' and the '.join(idle)} side did not run"
    if left is None or right is None or evidence.same_file:
        return None, "there are no two databases to compare"
    from validation.parity import compare, read_lineage

    settings = evidence.migration.outputs
    try:
        known = read_lineage(evidence.migration.root / settings.lineage) if settings.lineage else None
        found = compare(left, right, settings, years=evidence.phase.years, lineage=known).to_json()
    except EvidenceError as problem:
        return None, f"{problem.cause} ({evidence.name(Path(problem.file or ''))})"
    report = found | {"left": evidence.name(left), "right": evidence.name(right)}
    files.write_json(target, report)
    return report, ""


def to_json(decision: Decision) -> dict[str, Any]:
    """gate.json, see schemas/gate.schema.json."""
    evidence = decision.evidence
    return {
        "schema": 1,
        "phase": evidence.number,
        "title": evidence.phase.title,
        "green": decision.verdict == "green",
        "verdict": decision.verdict,
        "run": evidence.run.id,
        "decided": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "decided_by": tool_versions(),
        "reasons": [
            {
                "gate": j.fact.gate,
                "subject": j.fact.subject,
                "message": j.fact.message,
                "year": j.fact.year,
                "follows": list(j.fact.follows),
            }
            for j in decision.judged
            if not j.passed
        ],
        "gates": [_gate(name, decision) for name in decision.gates],
        "facts": [_fact(j) for j in decision.judged],
        "waivers": [_waiver(g) for g in decision.grants],
        "findings": list(decision.findings),
        "evidence": _digests(evidence),
    }


def _gate(name: str, decision: Decision) -> dict[str, Any]:
    judged = [j for j in decision.judged if j.fact.gate == name]
    return {
        "name": name,
        "green": all(j.passed for j in judged),
        "asked": any(j.fact.asked for j in judged),
        "facts": len(judged),
        "failed": sum(not j.passed for j in judged),
        "waived": sum(bool(j.waiver) for j in judged),
        "unmeasured": sum(not j.fact.measured for j in judged),
    }


def _fact(judged: Judged) -> dict[str, Any]:
    fact = judged.fact
    return {
        "gate": fact.gate,
        "subject": fact.subject,
        "year": fact.year,
        "expected": fact.expected,
        "observed": fact.observed,
        "measure": fact.measure if fact.measured else None,
        "limit": fact.limit,
        "passed": judged.passed,
        "asked": fact.asked,
        "waiver": judged.waiver,
        "detail": fact.detail,
        "evidence": fact.evidence,
    }


def _waiver(grant: Grant) -> dict[str, Any]:
    waiver = grant.waiver
    return {
        "gate": waiver.gate,
        "scope": waiver.where,
        "owner": waiver.owner,
        "reason": waiver.reason,
        "expires": waiver.expires.isoformat(),
        "state": grant.state,
        "faults": list(grant.faults),
        "covers": list(grant.covers),
        "counted": grant.counted,
        "at_most": waiver.at_most,
    }


def _digests(evidence: Evidence) -> list[dict[str, str]]:
    settings = evidence.migration
    folders = {"dagster": settings.legacy.root, "prefect": settings.target.root}
    return [
        {"path": f"{folder.rstrip('/')}/", "sha256": evidence.code_sha256(side)}
        for side, folder in folders.items()
    ] + [{"path": evidence.name(f), "sha256": files.digest_file(f)} for f in _files(evidence)]


def _files(evidence: Evidence) -> Iterator[Path]:
    """The files the verdict rests on, those that are there."""
    settings = evidence.migration
    databases = [evidence.database(side) for side in SIDES]
    candidates = [
        evidence.migration.file,
        *([settings.root / settings.outputs.lineage] if settings.outputs.lineage else []),
        evidence.conversion_file,
        Workspace.of(evidence.migration).equivalence,
        Workspace.of(evidence.migration).verdicts,
        evidence.folder / "run.json",
        *(d for d in databases if d is not None),
        evidence.folder / outputs.REPORT,
        evidence.folder / seeded.FILE,
        *sorted((evidence.folder / GX_FOLDER / "uncommitted" / "validations").rglob("*.json")),
    ]
    return (file for file in dict.fromkeys(candidates) if file.is_file())


def tool_versions() -> dict[str, str]:
    """The versions of what measures and decides."""
    found = {}
    for name in ("changeover", "great-expectations", "duckdb"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # run from a checkout that was never installed
            found[name] = "unknown"
    return found
