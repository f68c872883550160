"""Hidden dependencies: tables that SQL or Python reads although no `ref`, `source` or `deps` declares it.

sqlglot over models in every rendering, over SQL strings in Python, and through macros of the project. An
incremental model that reads itself (`{{ this }}`) is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for edge in facts.lineage.edges:
        if edge.hidden and edge.kind == "data":
            above = [e.source for e in facts.lineage.above.get(edge.target, ()) if not e.hidden]
            ordered = edge.source in facts.lineage.walk(above, up=True, years=False)
            how = "comes first all the same, by way of others" if ordered else "nothing makes it come first"
            yield Evidence(edge.file, edge.line, f"{edge.target} reads {edge.source}; {how}")


PROBLEM = Problem(
    heading="dependencies",
    weight="condition",
    title="Tables are read that nothing declares",
    means="Today's order may be right by luck: a graph that is taken over edge by edge takes over the gap,"
    " and what runs side by side can then read too early.",
    lifts="Declare the table (`deps`, `ref`, `source`), or show that something declared always comes first.",
    find=_find,
    hours=(0.25, 1),
)
