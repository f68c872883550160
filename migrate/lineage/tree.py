"""A lineage as a tree in the terminal: one asset with what it needs or what needs it, or the whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.lineage.graph import Lineage, Made, Node

if TYPE_CHECKING:
    from rich.tree import Tree

MOST = 200
"""Nodes in one tree: nobody reads more, and laying thousands out takes seconds."""
MARK = {"data": "", "order": " (order only)", "check": " (check)", "year": " (the year before)"}


def tree_of(lineage: Lineage, start: str, up: bool, columns: bool = False) -> Tree:
    """A node and all that hangs on it; what was shown before is not laid out again.

    Args:
        lineage: the graph.
        start: the node at the root.
        up: what it needs, instead of what needs it.
        columns: show the columns of each node with what they are made of.
    """
    from rich.tree import Tree

    every = lineage.walk([start], up)
    root = Tree(label(lineage, lineage.nodes[start]), guide_style="dim")
    seen = {start}
    front = deque([(root, start)])
    while front and len(seen) < MOST:
        branch, node = front.popleft()
        if columns:
            for line in column_lines(lineage, node):
                branch.add(f"[dim]{line}[/dim]")
        edges = (lineage.above if up else lineage.below).get(node, ())
        for edge in edges:
            other = edge.source if up else edge.target
            again = other in seen
            mark = MARK[edge.kind] + (" [yellow]hidden[/yellow]" if edge.hidden else "")
            mark += f" [red]only {edge.sides[0]}[/red]" if edge.difference and edge.sides else ""
            mark += " [dim]…[/dim]" if again and (lineage.above if up else lineage.below).get(other) else ""
            inner = branch.add(label(lineage, lineage.nodes[other]) + mark)
            if not again:
                seen.add(other)
                front.append((inner, other))
    if len(seen) < len(every):
        root.add(f"[dim]… and {len(every) - len(seen)} further away: use --depth, or --format html[/dim]")
    return root


def label(lineage: Lineage, node: Node) -> str:
    """One line about a node: its id, what it is, where it is written, and who made it last."""
    place = f"{node.file}:{node.line}" if node.file else ""
    made = lineage.latest(node.id)
    told = (
        f" [green]{made_text(made)}[/green]"
        if made and made.ok
        else f" [red]{made_text(made)}[/red]"
        if made
        else ""
    )
    only = f" [red]only {node.sides[0]}[/red]" if node.difference and node.sides else ""
    return f"[bold]{node.id}[/bold] [dim]{node.kind} {place}[/dim]{told}{only}"


def made_text(made: Made | None) -> str:
    """Who made it, when, and what its checks said."""
    if made is None:
        return ""
    year = f" {made.year}" if made.year else ""
    checks = len(made.checks_passed) + len(made.checks_failed)
    told = f", {len(made.checks_passed)} of {checks} checks passed" if checks else ""
    rows = f", {made.rows} rows" if made.rows is not None else ""
    when = made.finished[:16].replace("T", " ")
    return f"{'made' if made.ok else 'FAILED'}{year} by {made.side} {when}{rows}{told}"


def column_lines(lineage: Lineage, node: str) -> Iterator[str]:
    """`column ← table.column, …` of each column that is made of something."""
    found: dict[str, list[str]] = {}
    for edge in lineage.columns:
        if edge.target == node:
            before = " (the year before)" if edge.across_years else ""
            found.setdefault(edge.target_column, []).append(f"{edge.source}.{edge.source_column}{before}")
    for column, origins in found.items():
        yield f"{column} ← {', '.join(origins)}"


def roots(lineage: Lineage) -> Sequence[str]:
    """Where the whole graph begins: nodes that need nothing of the same year, checks left out."""
    return [
        node.id
        for node in lineage.nodes.values()
        if node.kind != "check" and all(e.kind == "year" for e in lineage.above.get(node.id, ()))
    ]


def overview(lineage: Lineage) -> Iterator[str]:
    """The whole graph in a few lines: counts by kind and layer, edges by kind, what differs, what ran."""
    kinds: dict[str, int] = {}
    layers: dict[str, int] = {}
    for node in lineage.nodes.values():
        kinds[node.kind] = kinds.get(node.kind, 0) + 1
        if node.kind != "check":
            layers[node.layer] = layers.get(node.layer, 0) + 1
    edges: dict[str, int] = {}
    for edge in lineage.edges:
        edges[edge.kind] = edges.get(edge.kind, 0) + 1
    hidden = sum(e.hidden for e in lineage.edges)
    apart = sum(n.difference for n in lineage.nodes.values()) + sum(e.difference for e in lineage.edges)
    yield f"{len(lineage.nodes)} nodes: {_counts(kinds)}"
    yield f"layers: {_counts(layers)}"
    yield f"{len(lineage.edges)} edges: {_counts(edges)}; {hidden} of them declared nowhere"
    yield f"{len(lineage.columns)} edges between columns"
    sides = {side for node in lineage.nodes.values() for side in node.sides}
    if sides == {"dagster", "prefect"}:
        yield (
            f"Dagster's and Prefect's graph: {apart} differences"
            if apart
            else "Dagster's and Prefect's graph are one"
        )
    else:
        yield "Prefect's graph is not known: run `migrate verify` to lay it over this one"
    runs = {m.run for m in lineage.runs}
    yield f"{len(lineage.runs)} recorded makings in {len(runs)} runs" if runs else "no run is recorded yet"


def _counts(found: dict[str, int]) -> str:
    return ", ".join(
        f"{count} {name or 'other'}" for name, count in sorted(found.items(), key=lambda i: -i[1])
    )
