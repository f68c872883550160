"""A lineage as one SVG picture: layers from left to right; what differs, and what is hidden.

Checks are counted on the node they judge, not drawn: there are often more of them than tables. A graph too
large for one picture is drawn by group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from migrate.lineage.collapse import collapsed
from migrate.lineage.graph import Edge, Lineage, Node
from migrate.lineage.layout import Place, layered

WIDTH, HEIGHT, GAP_X, GAP_Y, EDGE = 190, 34, 70, 12, 24
MOST = 400
"""Nodes in one picture; beyond that, groups."""
STYLE = """
text{font:12px system-ui,sans-serif;fill:#1c2733}.s{font-size:10px;fill:#5b6b7b}.bg{fill:#fff}
.n{fill:#eef3f8;stroke:#8aa0b5}.model{fill:#e8f1ea;stroke:#7fa98a}.seed,.source,.external{fill:#f6f1e4;stroke:#bda873}
.snapshot{fill:#efe9f5;stroke:#9b86b5}.d{stroke:#c0392b;stroke-width:2.5}
path{fill:none;stroke:#9aa9b8;stroke-width:1.2}
.order{stroke-dasharray:3 3}.year{stroke:#7a5fa8;stroke-dasharray:7 3}
.hidden{stroke:#c77d0a;stroke-width:1.8}.diff{stroke:#c0392b;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9fb0c0}.bg{fill:#0f151b}.n{fill:#1b2733;stroke:#52687d}
.model{fill:#182a1f;stroke:#4d7a5b}.seed,.source,.external{fill:#2b2618;stroke:#85713f}.snapshot{fill:#251d30;stroke:#6f5a8a}
path{stroke:#5b6b7b}}
"""


def svg_of(lineage: Lineage) -> str:
    """The picture of a lineage, complete in itself, light or dark as the reader's system is."""
    nodes = [i for i, n in lineage.nodes.items() if n.kind != "check"]
    drawn = lineage.only(nodes)
    if len(drawn.nodes) > MOST:
        drawn = collapsed(drawn, "group")
    places = layered(drawn)
    checks = {n: sum(e.kind == "check" for e in lineage.below.get(n, ())) for n in drawn.nodes}
    right = max((p.column for p in places.values()), default=0) + 1
    bottom = max((p.row for p in places.values()), default=0) + 1
    width, height = 2 * EDGE + right * (WIDTH + GAP_X) - GAP_X, 2 * EDGE + bottom * (HEIGHT + GAP_Y) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" '
        f'role="img" aria-label="Lineage of {len(drawn.nodes)} nodes"><style>{STYLE}</style>'
        f'<rect class="bg" width="{width}" height="{height}"/>',
        *(_edge(edge, places) for edge in drawn.edges),
        *(_node(node, places[node.id], checks[node.id]) for node in drawn.nodes.values()),
        *_legend(height),
        "</svg>",
    ]
    return "\n".join(parts)


def _at(place: Place) -> tuple[int, int]:
    return EDGE + place.column * (WIDTH + GAP_X), EDGE + place.row * (HEIGHT + GAP_Y)


def _node(node: Node, place: Place, checks: int) -> str:
    x, y = _at(place)
    kind = "n" if node.kind == "asset" else node.kind
    name = node.name if len(node.name) <= 27 else f"{node.name[:26]}…"
    below = f"{node.kind} · {node.layer or node.group}" + (f" · {checks} checks" if checks else "")
    only = f" · only {node.sides[0]}" if node.difference and node.sides else ""
    title = f"{node.id}\n{node.file}:{node.line}" if node.file else node.id
    return (
        f"<g><title>{escape(title)}</title>"
        f'<rect class="{kind}{" d" if node.difference else ""}" x="{x}" y="{y}" '
        f'width="{WIDTH}" height="{HEIGHT}" rx="5"/><text x="{x + 8}" y="{y + 15}">{escape(name)}</text>'
        f'<text class="s" x="{x + 8}" y="{y + 28}">{escape(below + only)}</text></g>'
    )


def _edge(edge: Edge, places: Mapping[str, Place]) -> str:
    (x1, y1), (x2, y2) = _at(places[edge.source]), _at(places[edge.target])
    classes = [edge.kind] + (["hidden"] if edge.hidden else []) + (["diff"] if edge.difference else [])
    x1, y1, y2 = x1 + WIDTH, y1 + HEIGHT // 2, y2 + HEIGHT // 2
    bend = max(30, abs(x2 - x1) // 2)
    said = f"{edge.source} → {edge.target}: {edge.kind}{', declared nowhere' if edge.hidden else ''}"
    path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return f'<path class="{" ".join(classes)}" d="{path}"><title>{escape(said)}</title></path>'


def _legend(height: int) -> Iterator[str]:
    words = "solid: data · dotted: order only · dashed violet: the year before · orange: declared nowhere"
    words += " · red: one side only"
    yield f'<text class="s" x="{EDGE}" y="{height - 8}">{escape(words)}</text>'
