"""Lineage: the asset graph of both sides, coloured by routing, health or parity; and the same as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validation.dashboard.names import piece
from validation.dashboard.page import Page, csv_page, numbered, paged, pages_of
from validation.dashboard.pages.checks import all_checks
from validation.dashboard.pages.overview import read_board
from validation.dashboard.pages.parity import ORDER, compared, parity_of
from validation.dashboard.reading.graph import Graph, read_graph
from validation.dashboard.reading.health import Standing, standings
from validation.dashboard.reading.parity import Parity, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"lineage(\.(?P<number>\d{1,4}))?\.(?P<form>html|csv)|data/(?P<data>lineage)\.js")


def graph(site: Site) -> Graph:
    """The asset graph."""
    found: Graph = site.keep("graph", lambda: read_graph(site.source))
    return found


def overlaid_parity(site: Site) -> Parity:
    """The newest comparison of every phase, laid over each other: the worst of a table counts."""
    found: Parity = site.keep("parity", lambda: _overlaid(site))
    return found


def _overlaid(site: Site) -> Parity:
    newest = {run.phase: run for run in reversed(compared(site))}
    found = [parity_of(site, run) for run in newest.values()]
    worst: dict[str, Table] = {}
    for parity in found:
        for t in parity.tables:
            known = worst.get(t.name)
            if known is None or ORDER.get(t.verdict, 0) < ORDER.get(known.verdict, 0):
                worst[t.name] = t
    return Parity(tuple(worst.values()), tuple(cause for parity in found for cause in parity.causes))


def standing(site: Site) -> dict[str, Standing]:
    """Asset → routing, health and parity."""

    def fresh() -> dict[str, Standing]:
        return standings(graph(site), routes(site), all_checks(site), overlaid_parity(site))

    found: dict[str, Standing] = site.keep("standing", fresh)
    return found


def routes(site: Site) -> dict[str, str]:
    """Asset → who runs it, as the board has it."""
    board, _ = read_board(site)
    return {
        key: state
        for g in (board.groups if board else ())
        for state, keys in g.states.items()
        for key in keys
    }


def addresses(site: Site) -> Iterator[str]:
    """One a page of the table, the table as CSV, and the data of the drawing."""
    for number in range(1, pages_of(len(graph(site).nodes)) + 1):
        yield numbered("lineage", number)
    yield from ("lineage.csv", "data/lineage.js")


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The page, its data, or the table as CSV."""
    found, states = graph(site), standing(site)
    if parts["data"]:
        return _data(found, states)
    keys = sorted(found.nodes, key=lambda key: (found.nodes[key].group, key))
    if parts["form"] == "csv":
        head = ("asset", "group", "sides", "routing", "health", "parity", "needs", "needed by", "difference")
        return csv_page("lineage.csv", head, (_row(found, key, states[key]) for key in keys))
    cut = paged(keys, int(parts["number"] or 1), "lineage")
    if cut is None:
        return None
    facts: dict[str, Any] = {"graph": found, "paged": cut, "states": states, "edges": len(found.edges)}
    return Page(numbered("lineage", cut.number), "lineage", "Lineage", "lineage.html.j2", facts)


def _row(found: Graph, key: str, state: Standing) -> tuple[object, ...]:
    node = found.nodes[key]
    needs, needed = " ".join(found.above.get(key, ())), " ".join(found.below.get(key, ()))
    sides = " ".join(node.sides)
    return key, node.group, sides, state.routing, state.health, state.parity, needs, needed, node.difference


def _data(found: Graph, states: Mapping[str, Standing]) -> Page:
    from validation.dashboard.pages.search import script

    keys = sorted(found.nodes)
    place = {key: number for number, key in enumerate(keys)}
    nodes = [
        [
            *(key, found.nodes[key].group, "".join(side[0] for side in found.nodes[key].sides)),
            *(states[key].routing, states[key].health, states[key].parity),
            *(found.nodes[key].difference, f"assets/{piece(key)}.html"),
        ]
        for key in keys
    ]
    edges = [[place[e.source], place[e.target], e.kind, int(e.difference)] for e in found.edges]
    data = script("changeoverLineage", {"nodes": nodes, "edges": edges})
    return Page("data/lineage.js", "", "", data=data, content_type="text/javascript")
