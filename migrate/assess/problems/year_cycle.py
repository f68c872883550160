"""Circular dependencies across years: a table of year N feeds year N+1, and no graph shows it.

Found where declaring the read would close a cycle: by `adapter.get_relation`, a raw table name, or Python.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for edge in facts.lineage.edges:
        if edge.kind == "year":
            way = len(facts.lineage.walk([edge.target], up=False, years=False))
            yield Evidence(
                edge.file,
                edge.line,
                f"{edge.target} reads {edge.source} of the year before; {way - 1} nodes hang on it",
            )


PROBLEM = Problem(
    heading="years",
    weight="condition",
    title="Tables are handed from one year to the next outside the graph",
    means="Years cannot run side by side, and a year that is run again needs the one before it unchanged. "
    "The target must run years in order and keep each whole.",
    lifts="Years run in order, each published whole (`snapshots.py` does that), and the dual run compares "
    "at least two years in a row.",
    find=_find,
    hours=(2, 6),
)
