"""The part of a lineage that somebody asks for: one asset with what it needs, of one year, by column."""

from __future__ import annotations

import difflib
from dataclasses import replace

from migrate.errors import ChangeoverError
from migrate.lineage.graph import Lineage


def selected(
    lineage: Lineage,
    asset: str | None,
    direction: str | None,
    depth: int | None,
    year: int | None,
    columns: bool,
) -> tuple[Lineage, str]:
    """The part of the graph that is asked for, and the node it is about (empty: all of it).

    Raises:
        ChangeoverError: there is no such asset, column or year.
    """
    found = of_year(lineage, year) if year is not None else lineage
    if not asset:
        return found, ""
    start, column = named(found, asset, columns)
    if column:
        return _by_column(found, start, column, direction), start
    wanted: set[str] = {start}
    for up in (True, False):
        if direction in (None, "up" if up else "down"):
            wanted |= found.walk([start], up, depth)
    return found.only(wanted), start


def named(lineage: Lineage, asset: str, columns: bool) -> tuple[str, str]:
    """(node, column) that a text means: an id, the last part of one, or either with a column.

    Raises:
        ChangeoverError: it means none, or several.
    """
    for text, column in (
        (asset, ""),
        *([tuple(asset.rpartition(".")[::2])] if columns and "." in asset else []),
    ):
        if text in lineage.nodes:
            return text, column
        last = [i for i, n in lineage.nodes.items() if n.name == text]
        if len(last) == 1:
            return last[0], column
        if len(last) > 1:
            raise ChangeoverError(f"{asset} is the name of several", remedy=f"Use one of: {', '.join(last)}.")
    near = difflib.get_close_matches(asset, [n.id for n in lineage.nodes.values() if n.kind != "check"], 3)
    raise ChangeoverError(
        f"there is no asset {asset} in the lineage",
        remedy=f"Did you mean {', '.join(near)}?"
        if near
        else "`migrate lineage --format json` lists them all.",
    )


def of_year(lineage: Lineage, year: int) -> Lineage:
    """What is made for a year: nodes of other years alone are left out, and records of other years.

    Raises:
        ChangeoverError: nothing is made for that year.
    """
    told = {y for node in lineage.nodes.values() for y in node.years} | {
        m.year for m in lineage.runs if m.year
    }
    if told and year not in told:
        raise ChangeoverError(
            f"nothing is made for {year}", remedy=f"Years: {', '.join(map(str, sorted(told)))}."
        )
    kept = [n.id for n in lineage.nodes.values() if not n.years or year in n.years]
    part = lineage.only(kept)
    return replace(part, runs=tuple(m for m in part.runs if m.year in (None, year)))


def _by_column(lineage: Lineage, start: str, column: str, direction: str | None) -> Lineage:
    if not any(
        column in (c.target_column, c.source_column) for c in lineage.columns if start in (c.target, c.source)
    ):
        known = ", ".join(lineage.nodes[start].columns) or "none that could be read"
        raise ChangeoverError(f"{start} has no column {column}", remedy=f"Its columns: {known}.")
    edges = set()
    for up in (True, False):
        if direction in (None, "up" if up else "down"):
            front, seen = {(start, column)}, {(start, column)}
            while front:
                reached = set()
                for edge in lineage.columns:
                    here = (edge.target, edge.target_column) if up else (edge.source, edge.source_column)
                    if here in front:
                        edges.add(edge)
                        reached.add(
                            (edge.source, edge.source_column) if up else (edge.target, edge.target_column)
                        )
                front = reached - seen
                seen |= front
    part = lineage.only({start, *(n for e in edges for n in (e.source, e.target))})
    between = {(e.source, e.target) for e in edges}
    return replace(
        part,
        edges=tuple(e for e in part.edges if (e.source, e.target) in between),
        columns=tuple(c for c in lineage.columns if c in edges),
    )
