"""Lineage before the first run: assets, dbt models, sources and checks, from code alone.

A table that is read although nothing declares it is an edge too, marked `hidden`. Where it would close a
cycle, it is what one year hands to the next: an edge of the kind `year`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate.lineage.dbt_project import DbtNode, DbtProject
from migrate.lineage.graph import Edge, Lineage, Node, NodeKind
from migrate.lineage.sql import line_of
from migrate.lineage.subject import Part, Subject
from migrate.lineage.tables import Tables
from migrate.reading.asset_graph import Node as AssetNode
from migrate.reading.units import Unit

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)$")
DAGSTER = ("dagster",)


class Builder:
    """Collects nodes and edges; the first to say what a node is wins, later ones fill gaps."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str], Edge] = {}

    def node(self, node: Node) -> None:
        """Add a node, or what is new about it."""
        known = self.nodes.get(node.id)
        if known is None or (known.kind == "external" and node.kind != "external"):
            self.nodes[node.id] = node
        elif known is not None:
            self.nodes[node.id] = replace(
                known,
                columns=known.columns or node.columns,
                sides=known.sides or node.sides,
                layer=known.layer or node.layer,
                group=known.group or node.group,
            )

    def edge(self, edge: Edge) -> None:
        """Add an edge; a declared one replaces a hidden one, one that passes data one that only orders."""
        known = self.edges.get((edge.source, edge.target))
        if (
            known is None
            or (known.kind == "order" and edge.kind == "data")
            or (known.hidden and not edge.hidden)
        ):
            self.edges[edge.source, edge.target] = edge

    def lineage(self) -> Lineage:
        """What was collected; an edge to something unknown makes an outside node of it."""
        for edge in self.edges.values():
            for end in (edge.source, edge.target):
                self.nodes.setdefault(end, Node(end, "external", end.rpartition("/")[2], layer="outside"))
        return Lineage(self.nodes, tuple(self.edges.values()))


def static_lineage(subject: Subject) -> Lineage:
    """The lineage of a tree, from its code."""
    builder, tables = Builder(), tables_of(subject)
    for part in subject.parts:
        _assets(builder, part, tables)
        _checks(builder, part, tables)
    for project in subject.dbt_projects:
        _dbt(builder, project, tables, _made_by_dagster(subject, project))
    hidden = [*_hidden_in_dbt(subject, tables), *_hidden_in_python(subject, tables)]
    _add_hidden(builder, hidden)
    return builder.lineage()


def tables_of(subject: Subject) -> Tables:
    """Which node each table of a tree belongs to."""
    tables = Tables()
    for project in subject.dbt_projects:
        for node in project.nodes.values():
            tables.add_dbt(project, node)
    for part in subject.parts:
        for unit in part.units:
            tables.add_python(part, unit)
    return tables


def _made_by_dagster(subject: Subject, project: DbtProject) -> bool:
    return any(u.does == "dbt" for p in subject.parts if p.dbt is project for u in p.units)


# ---- assets ----------------------------------------------------------------------------------


def _assets(builder: Builder, part: Part, tables: Tables) -> None:
    by_dbt = {key for unit in part.units if unit.does == "dbt" for key in unit.keys}
    for key, node in part.graph.nodes.items():
        unit = part.model.made_by.get(key) if node.made else None
        if key not in by_dbt:
            name = key.rpartition("/")[2]
            place = (unit.construct.file, unit.construct.line) if unit else ("", 0)
            kind: NodeKind = "asset" if node.made else "external"
            known = tables.dbt_key(key)
            if not known or node.made:
                layer = "python" if node.made else "outside"
                group = node.group if node.made else ""
                builder.node(Node(key, kind, name, group, layer, *place, DAGSTER, (), _years(unit, name)))
        if not node.dbt:
            for parent in sorted(node.parents):
                builder.edge(_declared(unit, node, tables.dbt_key(parent) or parent, part, tables))


def _declared(unit: Unit | None, node: AssetNode, parent: str, part: Part, tables: Tables) -> Edge:
    place = (unit.construct.file, unit.construct.line) if unit else ("", 0)
    taken = unit is not None and any(parent in (i.key, tables.dbt_key(i.key)) for i in unit.inputs)
    read = unit is not None and parent in tables.read_by(part, unit)
    return Edge(parent, node.key, "data" if taken or read else "order", DAGSTER, file=place[0], line=place[1])


def _years(unit: Unit | None, name: str) -> tuple[int, ...]:
    own = YEAR.search(name)
    if own:
        return (int(own[1]),)
    keys = getattr(unit.partitions, "args", ()) if unit and unit.partitions is not None else ()
    told = keys[0] if keys and isinstance(keys[0], list | tuple) else ()
    return tuple(int(k) for k in told if isinstance(k, str) and re.fullmatch(r"(19|20)\d\d", k))


def _checks(builder: Builder, part: Part, tables: Tables) -> None:
    for unit in part.units:
        place = (unit.construct.file, unit.construct.line)
        for check in unit.checks:
            if check.asset and unit.does != "dbt":
                asset = tables.dbt_key(check.asset) or check.asset
                node = f"{asset}:{check.name}"
                builder.node(Node(node, "check", check.name, "checks", "checks", *place, DAGSTER))
                builder.edge(Edge(asset, node, "check", DAGSTER, file=place[0], line=place[1]))


# ---- dbt -------------------------------------------------------------------------------------


def _dbt(builder: Builder, project: DbtProject, tables: Tables, deployed: bool) -> None:
    sides = DAGSTER if deployed else ()
    for node in project.nodes.values():
        group = "" if node.kind == "source" else node.layer
        builder.node(
            Node(node.key, node.kind, node.name, group, node.layer, node.file, node.line, sides, node.columns)
        )
        for line, parent in declared_by(project, node):
            builder.edge(Edge(parent, node.key, "data", sides, file=node.file, line=line))
        for test in node.tests:
            name = f"{node.key}:{test.name}"
            builder.node(Node(name, "check", test.name, "checks", "checks", test.file, test.line, sides))
            builder.edge(Edge(node.key, name, "check", sides, file=test.file, line=test.line))


def declared_by(project: DbtProject, node: DbtNode) -> Iterator[tuple[int, str]]:
    """(line, key) of each `ref` and `source` of a node; names of other packages are keys as they stand."""
    for name in node.refs:
        known = project.nodes.get(name)
        yield line_of(node.text, [name]), known.key if known else name
    for source, table in node.sources:
        known = project.nodes.get(f"{source}.{table}")
        yield line_of(node.text, [table]), known.key if known else f"{source}/{table}"


def _hidden_in_dbt(subject: Subject, tables: Tables) -> Iterator[Edge]:
    for project in subject.dbt_projects:
        for node in project.nodes.values():
            declared = {parent for _, parent in declared_by(project, node)}
            spelled = {r.lower() for r in node.refs} | {f"{s}.{t}".lower() for s, t in node.sources}
            read = {t for t in project.tables_of(node) if t not in spelled}
            for table in sorted(read | {t.lower() for t in node.looked_up}):
                key = tables.key_of(table)
                if key == node.key and table not in {t.lower() for t in node.looked_up}:
                    continue  # {{ this }}: what an incremental model says of itself
                if key not in declared and not table.startswith("null"):
                    line = line_of(node.text, [table.rpartition(".")[2]])
                    yield Edge(key, node.key, "data", hidden=True, file=node.file, line=line)


# ---- Python ----------------------------------------------------------------------------------


def _hidden_in_python(subject: Subject, tables: Tables) -> Iterator[Edge]:
    for part in subject.parts:
        for unit in part.units:
            known = {tables.dbt_key(k) or k for k in (*unit.upstream, *unit.keys)}
            ends = unit.keys or tuple(f"{tables.dbt_key(c.asset) or c.asset}:{c.name}" for c in unit.checks)
            made = tables.made_in(part, unit)
            for use in tables.uses(part, unit):
                key = tables.key_of(use.table)
                if use.how == "reads" and key not in known and use.table not in made:
                    for end in ends:
                        yield Edge(key, end, "data", hidden=True, file=use.file, line=use.line)


def _add_hidden(builder: Builder, hidden: Iterable[Edge]) -> None:
    """Hidden edges one after the other; one that would close a cycle is an edge between years."""
    below: dict[str, set[str]] = {}
    for known in builder.edges.values():
        below.setdefault(known.source, set()).add(known.target)
    for edge in hidden:
        cycle = edge.source == edge.target or _leads_to(below, edge.target, edge.source)
        if not cycle:
            below.setdefault(edge.source, set()).add(edge.target)
        sides = builder.nodes[edge.target].sides if edge.target in builder.nodes else ()
        builder.edge(replace(edge, kind="year" if cycle else edge.kind, sides=sides))


def _leads_to(below: dict[str, set[str]], start: str, end: str) -> bool:
    found, front = {start}, [start]
    while front:
        fresh = below.get(front.pop(), set()) - found
        if end in fresh:
            return True
        found |= fresh
        front += fresh
    return False
