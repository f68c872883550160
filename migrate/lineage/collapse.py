"""A lineage with its nodes taken together by group, layer or year."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Literal

from migrate.lineage.graph import Edge, Lineage, Node

By = Literal["group", "layer", "year"]
YEAR = re.compile(r"[_-]?(?:19|20)\d\d$")


def collapsed(lineage: Lineage, by: By) -> Lineage:
    """One node for each group, layer, or series of nodes that differ in their year alone."""
    belongs = {i: _of(node, by) for i, node in lineage.nodes.items()}
    sizes = Counter(belongs.values())
    nodes: dict[str, Node] = {}
    for i, node in lineage.nodes.items():
        name = belongs[i]
        alone = sizes[name] == 1
        known = nodes.get(name)
        if known is None:
            shown = node.name if alone else f"{name} ({sizes[name]})"
            file, line = (node.file, node.line) if alone else ("", 0)
            nodes[name] = replace(node, id=name, name=shown, file=file, line=line, columns=(), years=())
        elif node.difference and not known.difference:
            nodes[name] = replace(known, difference=True)
    edges: dict[tuple[str, str], Edge] = {}
    for edge in lineage.edges:
        ends = belongs[edge.source], belongs[edge.target]
        if ends[0] != ends[1]:
            known_edge = edges.get(ends)
            if known_edge is None or (known_edge.kind != "data" and edge.kind == "data"):
                edges[ends] = Edge(*ends, edge.kind, edge.sides, edge.difference, edge.hidden)
    return Lineage(nodes, tuple(edges.values()))


def _of(node: Node, by: By) -> str:
    if by == "year":
        return YEAR.sub("", node.id)
    return (node.group if by == "group" else node.layer) or node.layer or "(none)"
