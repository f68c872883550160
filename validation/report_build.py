"""From the evidence on disk to the report: what cannot be read or believed makes it red and says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from migrate import files
from migrate.errors import EvidenceError
from migrate.workspace import read_json
from validation import gate_record, report_parts
from validation.commit import commit
from validation.consequences import folded
from validation.decision import GATE_FILE, tool_versions
from validation.evidence import Evidence, collect
from validation.gates import deliverables, in_a_row, outputs, parameters, tables
from validation.losses import losses
from validation.report import EvidenceFile, Reason, Report

if TYPE_CHECKING:
    from migrate.config import Migration
    from validation.records import Conversion, Equivalence

OPEN = "sign-off"
"""The gate that reasons carry which the sign-off itself found."""


def build(migration: Migration, number: str) -> Report:
    """The report of a phase on its newest complete dual run; never an exception for missing evidence.

    Raises:
        ConfigError: there is no such phase.
    """
    report = Report(
        project=migration.name,
        phase=number,
        title=migration.phase(number).title,
        verdict="red",
        reasons=(),
        generated=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        commit=commit(migration.root),
        config_sha256=files.digest_file(migration.file),
        versions=tool_versions(),
    )
    try:
        evidence = collect(migration, number)
    except EvidenceError as problem:
        return replace(report, reasons=(_reason("dual run", problem),))
    return _judged(_described(report, evidence), evidence)


def _described(report: Report, evidence: Evidence) -> Report:
    """Add what the evidence shows, whatever the verdict."""
    conversion, equivalence = _conversion(evidence), _equivalence(evidence)
    lines, differences = report_parts.graph(equivalence) if equivalence else ((), ())
    return replace(
        report,
        run=report_parts.dual_run(evidence.run),
        dispositions=dict(conversion.summary) if conversion else {},
        constructs=report_parts.constructs(conversion) if conversion else (),
        losses=losses(conversion, equivalence),
        graph=lines,
        graph_differences=differences,
        checks=report_parts.check_lines(evidence),
        benchmark=report_parts.benchmark(evidence),
    )


def _judged(report: Report, evidence: Evidence) -> Report:
    """Add what the gate decided; green only if it said so and nothing speaks against believing it."""
    root = evidence.migration.root
    try:
        decided = gate_record.load(evidence.folder)
        parity = _parity(evidence)
    except EvidenceError as problem:
        return replace(report, reasons=(_reason("gate", problem),))
    told = folded([r.model_dump() for r in decided.reasons])
    reasons = [Reason(r["gate"], r["subject"], r["message"]) for r in told]
    reasons += [Reason(OPEN, *doubt) for doubt in gate_record.doubts(decided, evidence.folder, root)]
    if decided.verdict == "cannot_say":
        reasons.append(Reason(OPEN, GATE_FILE, "the gate could not say: a measure is missing"))
    gate_file = evidence.folder / GATE_FILE
    return replace(
        report,
        verdict="green" if decided.green and not reasons else "red",
        reasons=tuple(reasons),
        gates=report_parts.gates(decided),
        parity=report_parts.heat(parity, evidence.phase.years, decided) if parity else (),
        began=report_parts.beginnings(parity),
        parameters=report_parts.probes(decided, parameters.GATE),
        tables=report_parts.probes(decided, tables.GATE),
        in_a_row=report_parts.probes(decided, in_a_row.GATE),
        deliverables=report_parts.probes(decided, deliverables.GATE),
        self_test=report_parts.self_test(evidence),
        waivers=report_parts.waivers(decided),
        not_asked=report_parts.not_asked(decided),
        risks=report_parts.risks(decided, report.graph_differences),
        evidence=(
            *(EvidenceFile(e.path, e.sha256) for e in decided.evidence),
            EvidenceFile(evidence.name(gate_file), files.digest_file(gate_file)),
        ),
    )


def _parity(evidence: Evidence) -> dict[str, Any]:
    file = evidence.folder / outputs.REPORT
    return read_json(file) if file.is_file() else {}


def _conversion(evidence: Evidence) -> Conversion | None:
    try:
        return evidence.conversion
    except EvidenceError:
        return None


def _equivalence(evidence: Evidence) -> Equivalence | None:
    try:
        return evidence.equivalence
    except EvidenceError:
        return None


def _reason(subject: str, problem: EvidenceError) -> Reason:
    return Reason(OPEN, subject, f"{problem.cause}. {problem.remedy}".strip())
