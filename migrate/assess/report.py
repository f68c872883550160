"""An assessment, whole: what was found under each heading, the verdict, what it costs, and the order of work.

Its JSON is published in `migrate/schemas/assessment.schema.json`; text, Markdown and HTML render it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.assess.effort import by_module, by_phase, lines_of, natures, total
from migrate.assess.facts import Facts
from migrate.assess.finding import HEADINGS, WEIGHTS, Finding
from migrate.assess.headings import facts_of
from migrate.assess.lifted import lifted
from migrate.assess.order import order_of
from migrate.assess.problems import findings_of, registry
from migrate.assess.verdict import Counted, decide
from migrate.config_assess import Assess
from migrate.errors import ConfigError

if TYPE_CHECKING:
    from migrate.config import Migration

SCHEMA = 1
Report = dict[str, Any]


def assess(
    root: Path, migration: Migration | None = None, progress: Callable[[str], None] | None = None
) -> Report:
    """Assess the project at `root`.

    Args:
        root: the Dagster project.
        migration: its migration.toml, where there is one: weights, assumptions, phases, ignored columns.
        progress: called with each file that is read.

    Raises:
        SourceError: there is no Dagster project.
        ConfigError: settings weigh a problem that does not exist.
    """
    facts = Facts.of(root, progress)
    settings = migration.assess if migration else Assess()
    _refuse_unknown(settings, migration)
    weights = {name: (w.weight, w.reason) for name, w in settings.weights.items()}
    findings = lifted(findings_of(facts, weights), migration)
    constructs = facts.constructs
    counts = Counter(str(c["disposition"]) for c in constructs)
    moved = len(constructs) - counts["undeployed"]
    counted = Counted(moved, counts["manual"], len(facts.conversion.errors))
    verdict = decide(findings, counted, settings)
    phases = dict(migration.phases) if migration else {}
    groups = {key: node.group for key, node in facts.lineage.nodes.items()}
    return {
        "schema": SCHEMA,
        "project": migration.name if migration else root.resolve().name,
        "verdict": asdict(verdict),
        "headings": _headings(facts, findings),
        "effort": _effort(facts, findings, settings, max(1, len(phases))),
        "dispositions": dict(sorted(counts.items())),
        "natures": list(natures(constructs)),
        "modules": by_module(constructs, settings.effort),
        "phases": by_phase(constructs, phases, settings.effort, groups),
        "order": [asdict(step) for step in order_of(facts)],
        "errors": [{"file": p.file, "line": p.line, "message": p.message} for p in facts.conversion.errors],
    }


def _refuse_unknown(settings: Assess, migration: Migration | None) -> None:
    known = [detector.name for detector in registry()]
    for name in settings.weights:
        if name not in known:
            raise ConfigError(
                f"[assess.weights.{name}]: there is no such problem",
                file=migration.file if migration else None,
                remedy=f"Problems: {', '.join(known)}.",
            )


def _headings(facts: Facts, findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    told = facts_of(facts)
    return [
        {
            "id": heading,
            "title": title,
            "facts": told[heading],
            "findings": [_finding(f) for f in _sorted(findings) if f.heading == heading],
        }
        for heading, title in HEADINGS.items()
    ]


def _sorted(findings: tuple[Finding, ...]) -> list[Finding]:
    return sorted(findings, key=lambda f: (WEIGHTS.index(f.weight), f.name))


def _finding(finding: Finding) -> dict[str, Any]:
    found = asdict(finding)
    return {**found, "count": len(finding.evidence), "hours": list(finding.hours)}


def _effort(facts: Facts, findings: tuple[Finding, ...], settings: Assess, phases: int) -> dict[str, Any]:
    lines = lines_of(facts.constructs, findings, phases, settings.effort)
    low, high = total(lines)
    day = settings.effort.hours_a_day
    return {
        "hours": [round(low, 1), round(high, 1)],
        "days": [round(low / day, 1), round(high / day, 1)],
        "lines": [
            {"what": line.what, "count": line.count, "each": list(line.each), "said": line.said}
            for line in lines
        ],
        "assumptions": settings.effort.model_dump(mode="json"),
    }


def plan_of(report: Report) -> list[dict[str, Any]]:
    """What to fix, in order: what hides the move's success, then what needs an answer, cheapest first."""
    found = [f for heading in report["headings"] for f in heading["findings"]]
    return sorted(found, key=lambda f: (WEIGHTS.index(f["weight"]), f["hours"][1] * f["count"], f["name"]))
