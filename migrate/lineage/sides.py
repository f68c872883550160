"""Dagster's graph and Prefect's drawn over each other: what `migrate verify` saw both sides load.

Dagster's is in graph.json; Prefect's is Dagster's plus and minus the differences of equivalence.json, which
lists every one. Without them, the graph is what the code says, on Dagster's side alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from migrate.lineage.graph import Edge, Lineage, Node, NodeKind

BOTH = ("dagster", "prefect")


def overlaid(static: Lineage, graph: Mapping[str, Any], equivalence: Mapping[str, Any]) -> Lineage:
    """The static graph with the sides on which each node and edge is loaded.

    What is loaded and was not read from code is added; what was read and is loaded on no side has no side.

    Args:
        static: the graph as the code says.
        graph: the content of graph.json.
        equivalence: the content of equivalence.json, of the same `migrate verify`.
    """
    alone = {what: dict(_one_sided(equivalence, what)) for what in ("asset", "edge", "check")}
    nodes, edges = dict(static.nodes), {(e.source, e.target): e for e in static.edges}
    checks = frozenset(graph.get("checks") or ())
    loaded = _loaded(graph, alone["asset"])
    for key, record in loaded.items():
        sides = alone["asset"].get(key, BOTH)
        nodes[key] = _node(nodes.get(key), key, record, sides)
        for parent in record.get("deps") or ():
            pair = (str(parent), key)
            _put(edges, pair, alone["edge"].get(f"{parent} -> {key}", BOTH))
    for text, sides in alone["edge"].items():
        above, _, below = text.partition(" -> ")
        _put(edges, (above, below), sides)
    for name, node in static.nodes.items():
        if node.kind == "check":
            known = name in checks or name in alone["check"]
            sides = alone["check"].get(name, BOTH) if known or not checks else ()
            nodes[name] = replace(node, sides=sides, difference=len(sides) == 1)
        elif name not in loaded:
            nodes[name] = replace(node, sides=())
    _checks_only_loaded(nodes, edges, (*checks, *alone["check"]), alone["check"])
    return replace(static, nodes=nodes, edges=tuple(_settled(nodes, edge) for edge in edges.values()))


def _one_sided(equivalence: Mapping[str, Any], what: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Keys that only one side loads."""
    for found in equivalence.get("differences") or ():
        sides = tuple(side for side in BOTH if found.get(side) is not None)
        if found.get("what") == what and len(sides) == 1:
            yield str(found["key"]), sides


def _loaded(graph: Mapping[str, Any], alone: Mapping[str, tuple[str, ...]]) -> dict[str, Mapping[str, Any]]:
    found = {str(asset["key"]): asset for asset in graph.get("assets") or ()}
    return {**{key: {"key": key} for key in alone if key not in found}, **found}


def _node(known: Node | None, key: str, record: Mapping[str, Any], sides: tuple[str, ...]) -> Node:
    if known is None:
        kind: NodeKind = "external" if record.get("source") else "asset"
        known = Node(key, kind, key.rpartition("/")[2], layer="outside" if kind == "external" else "python")
    group = str(record.get("group") or known.group)
    return replace(known, group=group, sides=sides, difference=len(sides) == 1)


def _put(edges: dict[tuple[str, str], Edge], pair: tuple[str, str], sides: tuple[str, ...]) -> None:
    known = edges.get(pair) or Edge(*pair, kind="order")
    edges[pair] = replace(known, sides=sides, difference=len(sides) == 1, hidden=False)


def _checks_only_loaded(
    nodes: dict[str, Node],
    edges: dict[tuple[str, str], Edge],
    names: tuple[str, ...],
    alone: Mapping[str, tuple[str, ...]],
) -> None:
    for name in names:
        asset, _, own = name.partition(":")
        sides = alone.get(name, BOTH)
        if name not in nodes and asset in nodes:
            nodes[name] = Node(
                name, "check", own, "checks", "checks", sides=sides, difference=len(sides) == 1
            )
            edges[asset, name] = Edge(asset, name, "check", sides, len(sides) == 1)


def _settled(nodes: Mapping[str, Node], edge: Edge) -> Edge:
    """A check's edge stands where the check does; an edge that no side loads has none."""
    if edge.kind == "check" and edge.target in nodes:
        return replace(edge, sides=nodes[edge.target].sides, difference=nodes[edge.target].difference)
    if edge.hidden or edge.kind == "year":
        return replace(edge, sides=())
    return edge
