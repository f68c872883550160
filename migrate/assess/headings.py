"""What is told under each heading besides problems: counts and measures of the project as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from migrate.assess.finding import Heading
from migrate.lineage.layout import ranks

if TYPE_CHECKING:
    from migrate.assess.facts import Facts


def facts_of(facts: Facts) -> dict[Heading, list[str]]:
    """Sentences with figures, by heading."""
    return {
        "dbt": list(_dbt(facts)),
        "dependencies": list(_dependencies(facts)),
        "errors": list(_errors(facts)),
        "performance": list(_performance(facts)),
        "complexity": list(_complexity(facts)),
        "years": list(_years(facts)),
        "operations": list(_operations(facts)),
    }


def _dbt(facts: Facts) -> Iterator[str]:
    for project in facts.subject.dbt_projects:
        kinds = Counter(node.kind for node in project.nodes.values())
        tests = sum(len(node.tests) for node in project.nodes.values())
        counts = ", ".join(f"{count} {kind}s" for kind, count in sorted(kinds.items()))
        yield f"the dbt project {project.name}: {counts}, {tests} tests, {len(project.variables)} variables"
    units = [u for part in facts.parts for u in part.units if u.does == "dbt"]
    if units:
        keys = sum(len(u.keys) for u in units)
        yield f"{len(units)} functions with @dbt_assets run {keys} of these nodes as assets"
    calls = facts.dbt_calls
    if calls:
        entries = Counter(str(c["entry"]) for c in calls)
        by = ", ".join(f"{count} in `{entry}`" for entry, count in entries.items())
        yield f"{len(calls)} calls of dbt from Python: {by}"
    if not facts.subject.dbt_projects:
        yield "no dbt project is in use"


def _dependencies(facts: Facts) -> Iterator[str]:
    graph = facts.lineage
    nodes = Counter(n.kind for n in graph.nodes.values())
    edges = Counter(e.kind for e in graph.edges)
    yield "lineage from code: " + ", ".join(f"{c} {k}" for k, c in nodes.most_common())
    yield "edges: " + ", ".join(f"{c} {k}" for k, c in edges.most_common())
    hidden = sum(e.hidden for e in graph.edges)
    yield f"{hidden} of {len(graph.edges)} edges are declared nowhere"
    columns = len(facts.lineage_with_columns.columns)
    yield f"{columns} edges between columns could be read; the lineage needs neither Dagster nor Prefect"


def _errors(facts: Facts) -> Iterator[str]:
    graph = facts.lineage
    checks = [n for n in graph.nodes.values() if n.kind == "check"]
    blocking = sum(c.blocking for part in facts.parts for u in part.units for c in u.checks)
    yield f"{len(checks)} checks judge {len({e.source for e in graph.edges if e.kind == 'check'})} tables"
    yield f"{blocking} checks written in Python stop what follows"
    units = [u for part in facts.parts for u in part.units if u.does in ("asset", "dbt")]
    tried = sum(u.construct.argument("retry_policy") is not None for u in units)
    yield f"{tried} of {len(units)} asset functions have a retry policy"


def _performance(facts: Facts) -> Iterator[str]:
    graph = facts.lineage
    kept = graph.only(i for i, n in graph.nodes.items() if n.kind not in ("check", "external"))
    rank = ranks(kept)
    if rank:
        widths = Counter(rank.values())
        longest = max(rank.values()) + 1
        yield (
            f"the longest chain has {longest} of {len(rank)} nodes; at most {max(widths.values())} can run "
            f"side by side, {len(rank) / longest:.1f} on average"
        )
    sequential = any(part.model.one_at_a_time for part in facts.parts)
    yield f"today's executor runs {'one step at a time' if sequential else 'steps side by side'}"
    repeated = [c for c in facts.dbt_calls if c.get("repeated")]
    if repeated:
        yield f"{len(repeated)} calls of dbt stand in a loop"


def _complexity(facts: Facts) -> Iterator[str]:
    constructs: list[dict[str, Any]] = facts.constructs
    kinds = Counter(str(c["kind"]) for c in constructs)
    counts = Counter(str(c["disposition"]) for c in constructs)
    most = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(8))
    yield f"{len(constructs)} constructs of {len(kinds)} kinds: {most}"
    yield "what becomes of them: " + ", ".join(f"{c} {w}" for w, c in counts.most_common())
    deployed = [c for c in constructs if c["disposition"] not in ("undeployed", "dropped")]
    done = sum(c["disposition"] in ("converted", "adapted") for c in deployed)
    if deployed:
        share = done / len(deployed)
        yield f"{done} of {len(deployed)} deployed constructs are converted by machine ({share:.0%})"
    unread = len(facts.conversion.unread)
    yield f"{unread} arguments are read by no rule"


def _years(facts: Facts) -> Iterator[str]:
    graph = facts.lineage
    years = sorted({y for n in graph.nodes.values() for y in n.years})
    partitioned = sum(bool(u.partitions) or u.partitioned for part in facts.parts for u in part.units)
    if years:
        yield f"years named in the code: {years[0]} to {years[-1]}"
    yield f"{partitioned} deployed functions are partitioned"
    across = [e for e in graph.edges if e.kind == "year"]
    yield f"{len(across)} edges lead from one year to the next"


def _operations(facts: Facts) -> Iterator[str]:
    kinds = Counter(str(c["kind"]) for c in facts.constructs if c["disposition"] != "undeployed")
    schedules = kinds["ScheduleDefinition"] + kinds["schedule"] + kinds["build_schedule_from_partitioned_job"]
    sensors = sum(count for kind, count in kinds.items() if kind.endswith("sensor"))
    resources = sum(len(part.model.resources) for part in facts.parts)
    yield f"{schedules} schedules, {sensors} sensors, {resources} resources are deployed"
    skipped = len(facts.conversion.notes)
    yield f"{skipped} notes on files that are not written or only copied"
