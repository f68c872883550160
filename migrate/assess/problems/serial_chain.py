"""Serial chains that could be parallel: assets that wait for one another and read nothing of each other.

Only where both are seen to read something: an asset whose reading cannot be seen may need what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem
from migrate.lineage.graph import Edge, Lineage


def _find(facts: Facts) -> Iterator[Evidence]:
    graph = facts.lineage
    chained = [
        e for e in graph.edges if e.kind == "order" and _reads(graph, e.source) and _reads(graph, e.target)
    ]
    below = {e.source: e for e in chained}
    starts = [e for e in chained if not any(o.target == e.source for o in chained)]
    for start in starts:
        chain = _chain(start, below)
        said = f"{' → '.join([start.source, *(e.target for e in chain)])}: {len(chain)} waits, no rows pass"
        yield Evidence(start.file, start.line, said)


def _reads(graph: Lineage, node: str) -> bool:
    """Whether it is an asset of Python's that is seen to read something."""
    return graph.nodes[node].kind == "asset" and any(e.kind == "data" for e in graph.above.get(node, ()))


def _chain(start: Edge, below: dict[str, Edge]) -> list[Edge]:
    found = [start]
    while found[-1].target in below and below[found[-1].target] not in found:
        found.append(below[found[-1].target])
    return found


PROBLEM = Problem(
    heading="performance",
    weight="note",
    title="Chains of assets wait for each other and hand nothing over",
    means="They could run side by side, unless the order itself is wanted (a reader that takes files as "
    "they come).",
    lifts="Drop the `deps`, or write down why the order matters.",
    find=_find,
    hours=(0.25, 1),
)
