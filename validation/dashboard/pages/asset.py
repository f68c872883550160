"""One asset: its code or SQL on both sides, columns, checks, upstream cause and history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validation.dashboard.drawing.history import history
from validation.dashboard.names import piece
from validation.dashboard.page import Page
from validation.dashboard.pages.checks import all_checks
from validation.dashboard.pages.lineage import graph, overlaid_parity, standing
from validation.dashboard.pages.parity import compared, parity_of
from validation.dashboard.reading.code import code_of, dbt_files
from validation.dashboard.source import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.reading.checks import History
    from validation.dashboard.reading.graph import Node
    from validation.dashboard.site import Site

ADDRESS = re.compile(r"assets/(?P<asset>[^/]+)\.html")
BAD = ("differs", "failed", "different", "schema", "missing", "error")
MOST = 60


def addresses(site: Site) -> Iterator[str]:
    """One an asset."""
    yield from (f"assets/{piece(key)}.html" for key in graph(site).nodes)


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The asset of that name."""
    found = graph(site)
    index: dict[str, str] = site.keep("asset-addresses", lambda: {piece(key): key for key in found.nodes})
    key = index.get(parts["asset"])
    node = found.nodes.get(key) if key else None
    if node is None:
        return None
    migration = site.source.migration()
    models = site.keep("models", lambda: dbt_files(site.source))
    by_asset: dict[str, list[History]] = site.keep("checks-of", lambda: _by_asset(all_checks(site)))
    checks = [h for name in dict.fromkeys((node.id, node.table)) for h in by_asset.get(name, ())]
    facts: dict[str, Any] = {
        "node": node,
        "stored": found.stored,
        "state": standing(site)[node.id],
        "above": found.above.get(node.id, []),
        "below": found.below.get(node.id, []),
        "states": standing(site),
        "code": [] if isinstance(migration, Trouble) else code_of(site.source, migration, node.id, models),
        "columns": [(name, found.columns.get((node.id, name), ())) for name in node.columns],
        "checks": [(h, history([p.verdict for p in h.points])) for h in checks],
        "causes": causes(site, node),
        "rows": past(site, node, checks),
    }
    return Page(f"assets/{parts['asset']}.html", "lineage", node.id, "asset.html.j2", facts)


def causes(site: Site, node: Node) -> list[tuple[str, str]]:
    """(asset, words): where parity says that this asset's difference began, else bad assets upstream."""
    parity = overlaid_parity(site)
    tables: dict[str, str] = site.keep(
        "keys-of-tables", lambda: {n.table.lower(): key for key, n in graph(site).nodes.items()}
    )
    found = []
    for cause in parity.causes:
        if node.table.lower() in [t.lower() for t in (cause.table, *cause.consequences)]:
            where = f"in {cause.year}" if cause.year else "in the whole table"
            columns = f", column {', '.join(cause.columns)}" if cause.columns else ""
            found.append((tables.get(cause.table.lower(), ""), f"{cause.table}: began {where}{columns}"))
    if found:
        return found
    states = standing(site)
    for key in graph(site).upstream(node.id):
        said = [w for w in (states[key].health, states[key].parity) if w in BAD]
        if said:
            found.append((key, f"{key}: {', '.join(said)}"))
    return found[:10]


def _by_asset(checks: list[History]) -> dict[str, list[History]]:
    found: dict[str, list[History]] = {}
    for check in checks:
        found.setdefault(check.asset, []).append(check)
    return found


def past(site: Site, node: Node, checks: list[History]) -> list[tuple[Any, ...]]:
    """(run, rows on both sides, parity, checks passed and not) of the newest runs that have the asset."""
    found = []
    in_parity = {run.id for run in compared(site)}
    verdicts = {h.name: {p.run: p.verdict for p in h.points} for h in checks}
    for run in site.runs()[:MOST]:
        rows = [side.by_table.get(node.table) for side in run.sides.values()]
        said = [v[run.id] for v in verdicts.values() if run.id in v]
        table = parity_of(site, run).find(node.table) if run.id in in_parity else None
        if any(r is not None for r in rows) or said or table:
            good = sum(v == "passed" for v in said)
            found.append((run, rows, table.verdict if table else "", good, len(said) - good))
    return found
