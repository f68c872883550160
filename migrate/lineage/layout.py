"""Where the nodes of a lineage go: columns by distance from the sources, rows by what they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrate.lineage.graph import Lineage


@dataclass(frozen=True)
class Place:
    """Column and row of a node, both from 0."""

    column: int
    row: int


def layered(lineage: Lineage) -> Mapping[str, Place]:
    """A place for every node; edges between years do not count, and a cycle is cut where it is met again."""
    rank = ranks(lineage)
    columns: dict[int, list[str]] = {}
    for node in lineage.nodes:
        columns.setdefault(rank[node], []).append(node)
    placed: dict[str, Place] = {}
    for column in sorted(columns):
        middle = {n: _middle(lineage, n, placed) for n in columns[column]}
        for row, node in enumerate(sorted(columns[column], key=lambda n: (middle[n], n))):
            placed[node] = Place(column, row)
    return placed


def ranks(lineage: Lineage) -> dict[str, int]:
    """The longest way from a source to each node."""
    rank: dict[str, int] = {}
    for start in lineage.nodes:
        stack, open_ = [(start, False)], set()
        while stack:
            node, ready = stack.pop()
            above = [
                e.source
                for e in lineage.above.get(node, ())
                if e.kind != "year" and e.source in lineage.nodes
            ]
            if ready:
                rank[node] = 1 + max((rank[a] for a in above if a in rank), default=-1)
            elif node not in rank and node not in open_:
                open_.add(node)
                stack.append((node, True))
                stack += [(a, False) for a in above if a not in rank and a not in open_]
    return rank


def _middle(lineage: Lineage, node: str, placed: Mapping[str, Place]) -> float:
    rows = [placed[e.source].row for e in lineage.above.get(node, ()) if e.source in placed]
    return sum(rows) / len(rows) if rows else 0.0
