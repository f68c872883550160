"""Words that all renderings of a report share, so that none of them tells another story."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validation.report import Beginning, HeatCell, Report

HEADINGS = {
    "migrated": "What was migrated",
    "lost": "What is lost, and what there is in its place",
    "parity": "Parity: every table, every year",
    "tables": "The tables by themselves",
    "graph": "Graph: what Dagster loads against what Prefect loads",
    "checks": "Checks: the same verdict on both sides",
    "year": "The year parameter",
    "selftest": "The gate, tried with seeded faults",
    "cost": "Cost of the same work",
    "handed": "Runs in a row, and what is handed over",
    "waivers": "Waivers",
    "risks": "Risks, and what to know",
    "evidence": "Evidence",
    "approvals": "Approvals",
}
MEANING = {
    "converted": "same behaviour, nothing to review",
    "adapted": "runs; a named difference is listed below with its consequence",
    "bridged": "still executed by Dagster, behind a Prefect task",
    "manual": "raises a clear error in the target until a person converts it",
    "undeployed": "in the source, but never reachable from what Dagster deploys",
    "dropped": "has no meaning in the target",
}
STANDING = {
    "open": "Nobody has signed this report yet.",
    "partly approved": "Signed, but not yet by every role that this phase asks for.",
    "approved": "Approved.",
    "rejected": "Rejected: somebody who signed does not accept it.",
}


def say(report: Report) -> str:
    """The verdict in a sentence."""
    if report.verdict == "green":
        return "Every gate that this phase asks for holds. The phase may be signed."
    number = len(report.reasons)
    return f"This phase must not be signed. {number} {'reason' if number == 1 else 'reasons'}:"


def figures(report: Report) -> list[tuple[str, str]]:
    """The few numbers that stand beside the verdict, as name and value."""
    cells = [cell for row in report.parity for cell in row.cells]
    equal = sum(cell.passed and not cell.waiver for cell in cells)
    waived = sum(bool(cell.waiver) for cell in cells)
    same = sum(line.same for line in report.checks)
    open_differences = sum(not d.explained for d in report.graph_differences)
    tried, ratio = report.self_test, report.benchmark.cpu_ratio
    budget = report.benchmark.cpu_ratio_limit
    return [
        (
            "Tables × years equal",
            _of(equal, len(cells)) + (f", {waived} waived" if waived else "") if cells else "–",
        ),
        ("Check verdicts equal", _of(same, len(report.checks)) if report.checks else "–"),
        ("Unexplained graph differences", str(open_differences) if report.graph else "–"),
        (
            "CPU, Prefect ÷ Dagster",
            "–" if ratio is None else f"{ratio:.2f}" + (f" (budget {budget:.2f})" if budget else ""),
        ),
        ("Seeded faults found", _of(tried.found, tried.seeded) if tried and tried.seeded else "not tried"),
        ("Not asked for by this phase", ", ".join(report.not_asked) or "–"),
    ]


def follows(cause: Beginning) -> str:
    """What differs as a consequence of that beginning."""
    names = cause.consequences
    if not names:
        return "Nothing else differs because of it."
    differ = "One other table differs" if len(names) == 1 else f"{len(names)} others differ"
    return f"{differ} as a consequence: {', '.join(names)}."


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}".replace(",", "\u202f")


def subtitle(report: Report) -> list[tuple[str, str]]:
    """Which run, code and settings the report speaks of."""
    run = report.run
    return [
        ("Dual run", f"{run.id}, years {', '.join(str(y) for y in run.years)}" if run else "none"),
        ("Commit of the run", (run.commit if run else "") or "unknown"),
        ("Commit of this report", report.commit or "not under git"),
        ("Settings", f"migration.toml {report.config_sha256}"),
        ("Written", report.generated),
        ("Decided by", ", ".join(f"{tool} {number}" for tool, number in report.versions.items())),
    ]


def look(cell: HeatCell) -> str:
    """How a cell of the heat map is coloured."""
    if cell.waiver:
        return "waived"
    if not cell.passed:
        return "bad"
    return "nothing" if cell.verdict == "empty" else "good"
