"""The lineage graph: what is made of what, on which side, and who made it when.

One node an asset, dbt model, seed, source, check or outside table; one edge a dependency. Frozen, so that
whatever draws it can share it. Its JSON is published in `migrate/schemas/lineage.schema.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

SCHEMA = 1
NodeKind = Literal["asset", "model", "source", "seed", "snapshot", "check", "external"]
EdgeKind = Literal["data", "order", "check", "year"]
KINDS: tuple[NodeKind, ...] = ("asset", "model", "source", "seed", "snapshot", "check", "external")


@dataclass(frozen=True)
class Node:
    """One thing that is made, read or judged.

    `id` is Dagster's asset key, its parts joined by slashes (`asset:name` for a check, `table:…` for a table
    that nothing declares). `layer` is the folder of a dbt model, else `python`, `seeds`, `sources`, ….
    `years` are those it is made for, as far as its partitions or its name say.
    """

    id: str
    kind: NodeKind
    name: str
    group: str = ""
    layer: str = ""
    file: str = ""
    line: int = 0
    sides: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    difference: bool = False


@dataclass(frozen=True)
class Edge:
    """`target` needs `source`. `hidden`: it is read, and nothing declares so; file and line say where.

    `data`: rows pass. `order`: declared, and nothing was seen to pass. `check`: judged by. `year`: the year
    before is read, which would be a cycle within one year.
    """

    source: str
    target: str
    kind: EdgeKind = "data"
    sides: tuple[str, ...] = ()
    difference: bool = False
    hidden: bool = False
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class ColumnEdge:
    """A column of `target` is made of a column of `source`; `across_years` when it is last year's."""

    source: str
    source_column: str
    target: str
    target_column: str
    across_years: bool = False


E = TypeVar("E", Edge, ColumnEdge)


@dataclass(frozen=True)
class Made:
    """Who made a node: one step of one recorded run, with the versions it ran on and the checks it met."""

    run: str
    node: str
    side: str
    year: int | None
    started: str
    finished: str
    ok: bool
    run_id: str = ""
    rows: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    commit: str = ""
    code_sha256: str = ""
    input_sha256: str = ""
    checks_passed: tuple[str, ...] = ()
    checks_failed: tuple[str, ...] = ()
    told_by: str = "ledger"


@dataclass(frozen=True)
class Lineage:
    """The whole graph, and what recorded runs say of it (oldest first)."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    columns: tuple[ColumnEdge, ...] = ()
    runs: tuple[Made, ...] = ()

    @cached_property
    def above(self) -> Mapping[str, tuple[Edge, ...]]:
        """Node → the edges that lead to it."""
        return _by(self.edges, "target")

    @cached_property
    def below(self) -> Mapping[str, tuple[Edge, ...]]:
        """Node → the edges that leave it."""
        return _by(self.edges, "source")

    @cached_property
    def columns_into(self) -> Mapping[str, tuple[ColumnEdge, ...]]:
        """Node → what its columns are made of."""
        return _by(self.columns, "target")

    def walk(
        self, start: Iterable[str], up: bool, depth: int | None = None, years: bool = True
    ) -> frozenset[str]:
        """The nodes and all that hangs on them in one direction; `years` follows edges between years."""
        found = set(start)
        front, done = set(found), 0
        while front and (depth is None or done < depth):
            done += 1
            front = {n for node in front for n in self._beside(node, up, years)} - found
            found |= front
        return frozenset(found)

    def _beside(self, node: str, up: bool, years: bool) -> list[str]:
        edges = (self.above if up else self.below).get(node, ())
        return [e.source if up else e.target for e in edges if years or e.kind != "year"]

    def only(self, nodes: Iterable[str]) -> Lineage:
        """The part of the graph between these nodes, in this graph's order."""
        wanted = frozenset(nodes)
        return Lineage(
            {i: n for i, n in self.nodes.items() if i in wanted},
            tuple(e for e in self.edges if e.source in wanted and e.target in wanted),
            tuple(c for c in self.columns if c.source in wanted and c.target in wanted),
            tuple(m for m in self.runs if m.node in wanted),
        )

    def latest(self, node: str) -> Made | None:
        """The last recorded making of a node, on whichever side; None when none is recorded."""
        return self._latest.get(node)

    @cached_property
    def _latest(self) -> Mapping[str, Made]:
        return {made.node: made for made in sorted(self.runs, key=lambda m: m.finished)}

    def with_runs(self, runs: Iterable[Made]) -> Lineage:
        """The same graph with the records of its runs."""
        return replace(self, runs=tuple(runs))

    def as_json(self) -> dict[str, Any]:
        """The graph as `migrate lineage --format json` prints it."""
        return {
            "schema": SCHEMA,
            "nodes": [_listed(asdict(node)) for node in self.nodes.values()],
            "edges": [_edge(edge) for edge in self.edges],
            "columns": [
                {
                    "from": f"{c.source}.{c.source_column}",
                    "to": f"{c.target}.{c.target_column}",
                    "across_years": c.across_years,
                }
                for c in self.columns
            ],
            "runs": [_listed(asdict(made)) for made in self.runs],
        }


def _by(edges: Iterable[E], end: str) -> dict[str, tuple[E, ...]]:
    found: dict[str, list[E]] = {}
    for edge in edges:
        found.setdefault(getattr(edge, end), []).append(edge)
    return {node: tuple(several) for node, several in found.items()}


def _edge(edge: Edge) -> dict[str, Any]:
    found = _listed(asdict(edge))
    return {"from": found.pop("source"), "to": found.pop("target"), **found}


def _listed(found: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
