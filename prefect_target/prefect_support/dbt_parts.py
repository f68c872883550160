"""A part of what the task of a dbt project makes: which models and tests, and how dbt is asked for them.

Written by `migrate convert`; yours to edit. Used by dbt_models.py.

Models are asked for by their paths, tests come along with them. Where some tests of these models are left
out, or tests of other models are asked for, each test is named too.

Upstream: https://docs.getdbt.com/reference/node-selection/test-selection-examples
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .dbt_graph import DbtGraph


@dataclass(frozen=True)
class Selection:
    """What calls of dbt are told: both texts in dbt's syntax; `indirect` is how tests come along."""

    select: str = ""
    exclude: str = ""
    indirect: str = ""


def with_keys(graph: DbtGraph, keys: Iterable[str], tests: bool) -> set[str]:
    """The unique_ids of the assets with these keys, or else these names in dbt, and those of their tests.

    Raises KeyError for what the graph does not make.
    """
    named = {asset.key.removeprefix("asset://"): asset for asset in graph.assets}
    named = {asset.unique_id.split(".")[2]: asset for asset in graph.assets} | named
    chosen = [named[key] for key in keys]
    made = {asset.key for asset in chosen}
    own = [name for name, check in graph.check_of.items() if tests and check.asset in made]
    return {*(asset.unique_id for asset in chosen), *own}


def part_of(graph: DbtGraph, usual: Selection, chosen: set[str]) -> tuple[DbtGraph, Selection]:
    """The graph of what is chosen, and what dbt is told; `usual` is what it is told of the whole graph."""
    assets = tuple(asset for asset in graph.assets if asset.unique_id in chosen)
    made = {asset.key for asset in assets}
    read = {dep for asset in assets for dep in asset.deps} - {asset.key for asset in graph.assets}
    taken = {u: c for u, c in graph.check_of.items() if u in chosen or c.asset in read}
    if len(assets) == len(graph.assets) and len(taken) == len(graph.check_of):
        return graph, usual
    if not assets:
        raise ValueError(f"nothing that this task makes is in the part {sorted(chosen)}")
    apart = any(u not in taken for u, check in graph.check_of.items() if check.asset in made)
    named = [u for u, check in taken.items() if apart or check.asset not in made]
    paths = [graph.path_of[u] for u in (*(asset.unique_id for asset in assets), *sorted(named))]
    return replace(graph, assets=assets, check_of=taken), Selection(
        " ".join(paths), indirect="empty" if apart else ""
    )
