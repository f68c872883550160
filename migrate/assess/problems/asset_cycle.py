"""Circular dependencies in the asset graph: declared edges that lead back to where they began.

Cycles among dbt's own nodes are `dbt_cycle`; a table of the year before is `year_cycle`.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem
from migrate.assess.loops import loops

DBT = ("model", "seed", "snapshot", "source")


def _find(facts: Facts) -> Iterator[Evidence]:
    graph = facts.lineage
    declared = [(e.source, e.target) for e in graph.edges if not e.hidden and e.kind in ("data", "order")]
    for loop in loops(declared):
        if not all(graph.nodes[n].kind in DBT for n in loop):
            first = next((graph.nodes[n] for n in loop if graph.nodes[n].file), graph.nodes[loop[0]])
            yield Evidence(first.file, first.line, " → ".join([*loop, loop[0]]))


PROBLEM = Problem(
    heading="dependencies",
    weight="fix first",
    title="Circular dependencies in the asset graph",
    means="Neither Dagster nor Prefect can order these assets: such a graph does not load.",
    lifts="Cut the cycle: split an asset in two, or hand the earlier value over in storage, as a year does.",
    find=_find,
    hours=(2, 8),
)
