"""How each asset stands: who runs it, what its checks say, whether both sides' tables are equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validation.dashboard.reading.checks import History
    from validation.dashboard.reading.graph import Graph
    from validation.dashboard.reading.parity import Parity

WORST = ("differs", "failed", "one side only", "passed")


@dataclass(frozen=True)
class Standing:
    """One asset. Empty where nothing is known."""

    routing: str = ""
    health: str = ""
    parity: str = ""


def standings(
    graph: Graph, routes: Mapping[str, str], checks: Sequence[History], parity: Parity
) -> dict[str, Standing]:
    """Asset → how it stands, by the newest run that tells."""
    said: dict[str, set[str]] = {}
    for history in checks:
        said.setdefault(history.asset, set()).add(history.last.verdict)
    tables = {table.name.rpartition(".")[2].lower(): table.verdict for table in parity.tables}
    found = {}
    for key, node in graph.nodes.items():
        verdicts = said.get(key) or said.get(node.table) or set()
        health = next((word for word in WORST if word in verdicts), "")
        found[key] = Standing(routes.get(key, ""), health, tables.get(node.table.lower(), ""))
    return found
