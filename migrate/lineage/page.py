"""A lineage as one HTML page that needs nothing else: a canvas keeps thousands of nodes quick.

Search, focus on a node and its neighbours, collapse by group, layer or year, sides drawn over each other,
light and dark. The program is `lineage.js` beside this file; data and program are written into the page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from migrate.lineage.graph import Lineage, Made
from migrate.lineage.tree import made_text


def page_of(lineage: Lineage, focus: str = "", title: str = "Lineage") -> str:
    """The page.

    Args:
        lineage: the graph; its checks are listed with the node they judge.
        focus: the node to begin with; empty for the whole graph.
        title: what stands above it.
    """
    here = files("migrate.lineage")
    data = json.dumps(_data(lineage, focus), ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{(here / 'lineage.css').read_text(encoding='utf-8')}</style></head>"
        f"<body>{(here / 'lineage.html').read_text(encoding='utf-8').replace('{title}', escape(title))}"
        f'<script id="data" type="application/json">{data}</script>'
        f"<script>{(here / 'lineage.js').read_text(encoding='utf-8')}</script></body></html>"
    )


def _data(lineage: Lineage, focus: str) -> Mapping[str, Any]:
    """Nodes and edges by number: a large graph would spell every name a dozen times."""
    shown = [n for n in lineage.nodes.values() if n.kind != "check"]
    number = {node.id: place for place, node in enumerate(shown)}
    checks: dict[str, list[str]] = {}
    for edge in lineage.edges:
        if edge.kind == "check" and edge.source in number and edge.target in lineage.nodes:
            checks.setdefault(edge.source, []).append(lineage.nodes[edge.target].name)
    return {
        "focus": number.get(focus, -1),
        "nodes": [
            [
                n.id,
                n.kind,
                n.group,
                n.layer,
                f"{n.file}:{n.line}" if n.file else "",
                list(n.sides),
                int(n.difference),
                list(n.columns),
                checks.get(n.id, []),
                _made(lineage.latest(n.id)),
            ]
            for n in shown
        ],
        "edges": [
            [number[e.source], number[e.target], e.kind, int(e.hidden), int(e.difference), list(e.sides)]
            for e in lineage.edges
            if e.kind != "check" and e.source in number and e.target in number
        ],
        "columns": [
            [number[c.source], c.source_column, number[c.target], c.target_column]
            for c in lineage.columns
            if c.source in number and c.target in number
        ],
    }


def _made(made: Made | None) -> str:
    if made is None:
        return ""
    versions = ", ".join(f"{name} {number}" for name, number in made.versions.items())
    commit = f", commit {made.commit[:10]}" if made.commit else ""
    failed = f"; failed: {', '.join(made.checks_failed)}" if made.checks_failed else ""
    return f"{made_text(made)}{failed} ({versions}{commit})"
