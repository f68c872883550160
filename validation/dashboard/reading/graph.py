"""The asset graph as pages need it: what `migrate verify` saw of both sides, and what `migrate lineage` read.

Only what is stored is shown: reading code anew takes seconds, and storing it is not the dashboard's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from migrate.lineage.store import load
from validation.dashboard.reading.values import rows, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.lineage.graph import Lineage
    from validation.dashboard.source import Source

BOTH = ("dagster", "prefect")


@dataclass(frozen=True)
class Node:
    """One asset. `sides` are those that have it, `difference` says what the sides do not agree on."""

    id: str
    group: str = ""
    layer: str = ""
    file: str = ""
    line: int = 0
    sides: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    difference: str = ""

    @property
    def table(self) -> str:
        """The name of the table that it is kept in, as far as names tell."""
        return self.id.rpartition("/")[2]


@dataclass(frozen=True)
class Edge:
    """`target` needs `source`. `kind`: data, order, year or hidden (read, and nothing declares so).

    `difference`: one side alone has it.
    """

    source: str
    target: str
    kind: str = "data"
    difference: bool = False


@dataclass(frozen=True)
class Graph:
    """All assets and what needs what. `columns`: (asset, column) → the columns it is made of.

    `stored` tells whether `migrate lineage` has been here.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    columns: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    stored: bool = False

    @cached_property
    def above(self) -> Mapping[str, list[str]]:
        """Asset → those it needs."""
        return _by((e.target, e.source) for e in self.edges)

    @cached_property
    def below(self) -> Mapping[str, list[str]]:
        """Asset → those that need it."""
        return _by((e.source, e.target) for e in self.edges)

    def upstream(self, key: str) -> list[str]:
        """Everything an asset needs, directly or not, the nearest first."""
        seen, front = {key}, [key]
        found: list[str] = []
        while front:
            following = [n for node in front for n in self.above.get(node, ()) if n not in seen]
            front = list(dict.fromkeys(following))
            seen.update(front)
            found += front
        return found


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: list(dict.fromkeys(values)) for key, values in found.items()}


def read_graph(source: Source) -> Graph:
    """Both sides' graph and the stored lineage; empty when there is neither."""
    verified = _verified(source)
    try:
        lineage: Lineage | None = source.cached(source.workspace.lineage, "lineage", load)
    except OSError:
        lineage = None
    return _joined(verified, lineage) if lineage else verified


def _joined(verified: Graph, lineage: Lineage) -> Graph:
    """What Dagster loaded, with files, columns and hidden reads of the stored lineage."""
    nodes = dict(verified.nodes)
    for key, node in lineage.nodes.items():
        if node.kind == "check":
            continue
        known = nodes.get(key, Node(key, node.group or f"{node.kind}s", sides=node.sides))
        words = known.difference or ("only one side has it" if node.difference else "")
        nodes[key] = replace(
            known,
            difference=words,
            layer=node.layer,
            file=node.file,
            line=node.line,
            columns=node.columns,
        )
    edges = {(e.source, e.target): e for e in verified.edges}
    for edge in lineage.edges:
        if edge.source in nodes and edge.target in nodes and edge.kind != "check":
            kind = "hidden" if edge.hidden and edge.kind == "data" else edge.kind
            edges[edge.source, edge.target] = Edge(edge.source, edge.target, kind, edge.difference)
    columns: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for column in lineage.columns:
        key_ = (column.target, column.target_column)
        columns[key_] = (*columns.get(key_, ()), (column.source, column.source_column))
    return Graph(nodes, tuple(edges.values()), columns, stored=True)


def _verified(source: Source) -> Graph:
    record = source.json(source.workspace.graph) or {}
    found = rows(record.get("assets"))
    differences = _differences(source.json(source.workspace.equivalence))
    nodes = {
        text(a.get("key")): Node(
            id=text(a.get("key")),
            group=text(a.get("group")) or "default",
            sides=_sides(text(a.get("key")), differences),
            difference=_words(text(a.get("key")), differences),
        )
        for a in found
    }
    edges = [
        Edge(dep, text(a.get("key")))
        for a in found
        for dep in dict.fromkeys([*texts(a.get("deps")), *texts(a.get("loads"))])
        if dep in nodes
    ]
    return Graph(nodes, tuple(edges))


def _differences(record: dict[str, Any] | None) -> dict[str, list[dict[str, Any]]] | None:
    """Asset → where the sides' graphs differ; None when they were not compared."""
    if record is None:
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for difference in rows(record.get("differences")):
        found.setdefault(text(difference.get("key")), []).append(difference)
    return found


def _sides(key: str, differences: dict[str, list[dict[str, Any]]] | None) -> tuple[str, ...]:
    if differences is None:
        return ("dagster",)
    gone = any("asset" in text(d.get("what")) and d.get("prefect") is None for d in differences.get(key, ()))
    return ("dagster",) if gone else BOTH


def _words(key: str, differences: dict[str, list[dict[str, Any]]] | None) -> str:
    return "; ".join(
        f"{text(d.get('what'))}: {text(d.get('dagster'))} in Dagster, {text(d.get('prefect'))} in Prefect"
        for d in (differences or {}).get(key, ())
    )
