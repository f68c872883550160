"""The sections of a report, each made from one kind of evidence; none of them decides anything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validation.evidence import SIDES
from validation.gates import checks, outputs, seeded
from validation.gates.budget import quotient
from validation.gates.equivalence import describe
from validation.records import read
from validation.report import (
    Beginning,
    Benchmark,
    CheckLine,
    ConstructLine,
    DualRun,
    FaultLine,
    GateLine,
    GraphDifference,
    GraphLine,
    HeatCell,
    HeatRow,
    Probe,
    SelfTestPart,
    SideLine,
    WaiverLine,
)
from validation.self_test_record import SelfTestRecord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from validation.evidence import Evidence
    from validation.gate_record import Decided, FactRecord, GateRecord
    from validation.records import Conversion, Equivalence, Run


def dual_run(run: Run) -> DualRun:
    """Which dual run was judged."""
    return DualRun(
        run.id, run.years, run.started or "", run.finished or "", run.commit or "", run.input.sha256
    )


def gates(decided: Decided) -> tuple[GateLine, ...]:
    """One line a gate."""
    return tuple(
        GateLine(
            g.name,
            _verdict(g),
            g.facts,
            g.failed,
            g.waived,
            g.unmeasured,
        )
        for g in decided.gates
    )


def _verdict(gate: GateRecord) -> str:
    if gate.unmeasured:
        return "cannot say"
    if gate.green and not gate.asked:
        return "not asked"
    return "green" if gate.green else "red"


def not_asked(decided: Decided) -> tuple[str, ...]:
    """What the phase does not ask for, so that nobody takes it for proven."""
    facts = (f for f in decided.facts if not f.asked)
    return tuple(f.gate if f.gate == f.subject else f"{f.gate}: {f.subject}" for f in facts)


def constructs(conversion: Conversion) -> tuple[ConstructLine, ...]:
    """What is not simply converted: every construct a reader has to think about."""
    return tuple(
        ConstructLine(c.kind, c.name, f"{c.file}:{c.line or 1}", c.disposition or "none", c.note or "")
        for c in conversion.constructs
        if c.disposition != "converted"
    )


def heat(parity: dict[str, Any], years: tuple[int, ...], decided: Decided) -> tuple[HeatRow, ...]:
    """Table by year, coloured by what the gate said of that very cell."""
    said = {f.subject: f for f in decided.facts if f.gate == outputs.GATE}
    rows: dict[str, list[HeatCell]] = {}
    for cell in outputs.cells(parity, years):
        rows.setdefault(cell.table, []).append(_heat_cell(cell, said.get(cell.where)))
    return tuple(HeatRow(table, tuple(cells)) for table, cells in sorted(rows.items()))


def beginnings(parity: dict[str, Any]) -> tuple[Beginning, ...]:
    """Where the differences began, and what differs because of each; empty when parity.json does not say."""
    origin = parity.get("origin") or {}
    consequences = origin.get("consequences", [])
    return tuple(
        Beginning(
            cause["table"],
            str(cause["first_year"] or "all years"),
            tuple(cause["columns"]),
            tuple(c["table"] for c in consequences if cause["table"] in c["of"]),
        )
        for cause in origin.get("causes", [])
    )


def _heat_cell(cell: outputs.Cell, fact: FactRecord | None) -> HeatCell:
    empty = cell.verdict == "equal" and cell.left == cell.right == 0
    return HeatCell(
        cell.year,
        "empty" if empty else cell.verdict,
        fact is not None and fact.passed,
        cell.left,
        cell.right,
        fact.detail if fact else "the gate did not judge this table",
        fact.waiver if fact else "",
    )


def graph(equivalence: Equivalence) -> tuple[tuple[GraphLine, ...], tuple[GraphDifference, ...]]:
    """Counts of both graphs, and their differences."""
    lines = tuple(
        GraphLine(
            kind, left, right, sum(d.open and d.what in (kind, kind[:-1]) for d in equivalence.differences)
        )
        for kind, (left, right) in equivalence.counts.items()
    )
    differences = tuple(
        GraphDifference(d.what, describe(d), (d.explained or "").strip()) for d in equivalence.differences
    )
    return lines, differences


def check_lines(evidence: Evidence) -> tuple[CheckLine, ...]:
    """Every check and year with both verdicts, differing ones first."""
    found = []
    for year in evidence.phase.years:
        left, right = (checks.verdicts(evidence.side(name), year) for name in SIDES)
        for asset, check in left | right:
            said = [checks.verdict(side.get((asset, check))) for side in (left, right)]
            found.append(CheckLine(year, asset, check, said[0], said[1], said[0] == said[1]))
    return tuple(sorted(found, key=lambda c: (c.same, c.dagster == "passed", c.year, c.asset, c.check)))


def probes(decided: Decided, gate: str) -> tuple[Probe, ...]:
    """Every fact of one gate: how the year parameter was tried, what was asked of the tables, and so on."""
    return tuple(
        Probe(f.subject, f.expected, f.observed, f.passed, f.detail, f.asked)
        for f in decided.facts
        if f.gate == gate
    )


def self_test(evidence: Evidence) -> SelfTestPart | None:
    """How the gate was tried with seeded faults; None when nobody tried it."""
    file = evidence.folder / seeded.FILE
    if not file.is_file():
        return None
    found = read(file, SelfTestRecord)
    lines = []
    for kind in found.by_fault:
        left_out = [f.what for f in found.faults if f.fault == kind.fault and f.outcome == "not applicable"]
        why = "; ".join(f"{number}: {reason}" for reason, number in Counter(left_out).most_common())
        line = FaultLine(kind.fault, kind.found, kind.missed, kind.not_applicable, kind.already_red, why)
        lines.append(line)
    caught, lost = sum(k.found for k in lines), sum(k.missed for k in lines)
    missed = tuple(f"{f.fault} in {f.table}: {f.what}" for f in found.faults if f.outcome == "missed")
    return SelfTestPart(
        found.made, found.rate, caught, caught + lost, found.cpu_seconds, tuple(lines), missed
    )


def benchmark(evidence: Evidence) -> Benchmark:
    """What both sides cost."""
    left, right = (evidence.side(name) for name in SIDES)
    whole = None if right.cpu_seconds is None else right.cpu_seconds + (right.server_cpu_seconds or 0.0)
    return Benchmark(
        sides=tuple(_side(evidence, name) for name in SIDES),
        cpu_ratio=quotient(right.cpu_seconds, left.cpu_seconds),
        cpu_ratio_with_server=quotient(whole, left.cpu_seconds),
        cpu_ratio_limit=evidence.phase.cpu_ratio,
    )


def _side(evidence: Evidence, name: str) -> SideLine:
    side = evidence.side(name)
    return SideLine(
        name,
        side.status.replace("_", " "),
        side.python or "",
        {tool: number for tool, number in side.versions.items() if number},
        side.cpu_seconds,
        side.server_cpu_seconds,
        side.prepare_cpu_seconds,
        side.wall_seconds,
        side.max_rss_bytes,
    )


def waivers(decided: Decided) -> tuple[WaiverLine, ...]:
    """Every waiver as it stood when the gate decided."""
    return tuple(WaiverLine(**w.model_dump()) for w in decided.waivers)


def risks(decided: Decided, differences: Iterable[GraphDifference]) -> tuple[str, ...]:
    """What remains to be known although nothing is red."""
    explained = [
        f"explained difference in the graph: {d.text} ({d.explained})" for d in differences if d.explained
    ]
    return (*decided.findings, *explained)
