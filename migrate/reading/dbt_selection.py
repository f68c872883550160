"""dbt's own selection syntax, as far as it is names of models and folders with signs around them.

Upstream: https://docs.getdbt.com/reference/node-selection/syntax
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from migrate.reading.asset_graph import AssetGraph
from migrate.reading.dbt import DbtKeys

EVERYTHING = ("fqn:*", "*", "")
TERM = re.compile(r"^(?:(\d*)(\+))?(?:fqn:)?(\w+(?:\.\w+)*)(?:(\+)(\d*))?$")
Beside = Callable[[str, bool], Iterable[str]]
"""What is one step up (True) or down of a key."""


def named(graph: AssetGraph, keys: DbtKeys, made: frozenset[str], select: Any) -> frozenset[str] | None:
    """The keys a selection means among those dbt makes; None when it is more than names and depths."""
    return _chosen(keys.nodes, made, select, lambda key, up: graph.walk({key}, up, 1))


def taken(keys: DbtKeys, select: Any, exclude: Any) -> frozenset[str] | None:
    """The keys that a dbt step takes of its project; None when that is for dbt to say."""
    below: dict[str, set[str]] = {}
    for key, above in keys.lineage.items():
        for parent in above:
            below.setdefault(parent, set()).add(key)

    def beside(key: str, up: bool) -> Iterable[str]:
        return keys.lineage.get(key, ()) if up else below.get(key, ())

    chosen = _chosen(keys.nodes, keys.makes, select, beside)
    left = _chosen(keys.nodes, keys.makes, exclude or (), beside)
    return None if chosen is None or left is None else chosen - left


def _chosen(
    nodes: Mapping[str, Mapping[str, Any]], made: frozenset[str], select: Any, beside: Beside
) -> frozenset[str] | None:
    if not isinstance(select, str):
        return frozenset() if not select else None
    if select in EVERYTHING:
        return made
    found: frozenset[str] = frozenset()
    for term in select.split():
        match = TERM.match(term)
        own = frozenset(k for k in made if match and _is_of(k, nodes.get(k, {}), match[3]))
        if match is None or not own:
            return None
        found |= own
        for sign, depth, up in ((match[2], match[1], True), (match[4], match[5], False)):
            if sign:
                found |= _within(beside, own, made, up, int(depth) if depth else None)
    return found


def _is_of(key: str, node: Mapping[str, Any], word: str) -> bool:
    """Whether a model has this name, or stands in this folder: with the project's name before it or not."""
    try:
        path = [part for segment in node["fqn"] for part in segment.split(".")]
    except KeyError:
        return key.rsplit("/", 1)[-1] == word
    parts = word.split(".")
    return path[-1] == word or parts in (path[: len(parts)], path[1 : len(parts) + 1])


def _within(
    beside: Beside, own: Iterable[str], made: frozenset[str], up: bool, depth: int | None
) -> frozenset[str]:
    """dbt walks only over what dbt makes."""
    found, front, done = set(own), set(own), 0
    while front and (depth is None or done < depth):
        done += 1
        front = {k for key in front for k in beside(key, up)} & made - found
        found |= front
    return frozenset(found)
