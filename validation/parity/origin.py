"""Where a difference began: the first tables of the lineage, and the first year, that differ.

A differing table is a consequence where something it is made of differs in the same year or before, or
where it feeds a table that differed in a year before (a year that reads the one before it is in no graph).
What is neither is a cause. Tables between that are equal or were not compared let a difference through:
an ephemeral model is on neither side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.parity.report import Cause, Consequence, Origin, TableReport, Year, in_order

if TYPE_CHECKING:
    from validation.parity.lineage import Lineage

RED = ("different", "schema", "missing")


def origin(tables: Sequence[TableReport], lineage: Lineage) -> Origin | None:
    """What began, and what follows from it; None where nothing differs."""
    red = {_key(t.name): t for t in tables if t.verdict in RED}
    if not red:
        return None
    graph = Graph(lineage.upstream)
    began = {name: _began(t) for name, t in red.items()}
    direct: dict[str, list[str]] = {}
    for name in red:
        above = [a for a in graph.above(name) if a in red and not _before(began[name], began[a])]
        fed = [b for b in red if name in graph.above(b) and _before(began[b], began[name])]
        direct[name] = [
            a for a in above if name not in graph.above(a) or _before(began[a], began[name])
        ] or fed
    roots = {name: _roots(name, direct) for name in red}
    causes = [n for n in red if not direct[n]] or [min(red, key=lambda n: (_place(began[n]), n))]
    ordered = sorted(causes, key=lambda n: (_place(began[n]), n))
    return Origin(
        lineage.source,
        tuple(
            Cause(red[n].name, began[n], red[n].columns, sum(n in r and c != n for c, r in roots.items()))
            for n in ordered
        ),
        tuple(
            Consequence(red[n].name, began[n], tuple(sorted(red[c].name for c in roots[n] if c in causes)))
            for n in sorted(red, key=lambda n: (_place(began[n]), n))
            if n not in causes
        ),
        tuple(sorted(red[n].name for n in red if n not in graph.upstream)),
    )


@dataclass(frozen=True)
class Graph:
    """The lineage, upwards."""

    upstream: Mapping[str, frozenset[str]]

    def above(self, name: str) -> set[str]:
        """Everything a table is made of, directly or not."""
        found: set[str] = set()
        rest = list(self.upstream.get(name, ()))
        while rest:
            table = rest.pop()
            if table not in found:
                found.add(table)
                rest += self.upstream.get(table, ())
        return found - {name}


def _roots(name: str, direct: Mapping[str, Sequence[str]]) -> set[str]:
    """The causes that a table goes back to."""
    seen, rest, found = {name}, [name], set[str]()
    while rest:
        table = rest.pop()
        if not direct[table]:
            found.add(table)
        rest += [t for t in direct[table] if t not in seen]
        seen.update(direct[table])
    return found


def _key(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2].strip('"').lower()


def _began(table: TableReport) -> Year:
    """The first year that differs; None where the whole table does, which is before any year."""
    return min((y for y in table.years if y is not None), key=in_order, default=None)


def _place(year: Year) -> tuple[bool, tuple[bool, bool, int, str]]:
    return year is not None, in_order(year)


def _before(one: Year, two: Year) -> bool:
    return _place(one) < _place(two)
