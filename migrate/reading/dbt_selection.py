"""dbt's own selection syntax, as far as it is names of models with signs around them.

Upstream: https://docs.getdbt.com/reference/node-selection/syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from migrate.reading.asset_graph import AssetGraph

EVERYTHING = ("fqn:*", "*", "")
TERM = re.compile(r"^(?:(\d*)(\+))?(?:fqn:)?(\w+)(?:(\+)(\d*))?$")


def named(graph: AssetGraph, made: frozenset[str], select: Any) -> frozenset[str] | None:
    """The keys a selection means among those dbt makes; None when it is more than names and depths."""
    if not isinstance(select, str):
        return frozenset() if not select else None
    if select in EVERYTHING:
        return made
    found: frozenset[str] = frozenset()
    for term in select.split():
        match = TERM.match(term)
        own = frozenset(k for k in made if match and k.rsplit("/", 1)[-1] == match[3])
        if match is None or not own:
            return None
        found |= own
        for sign, depth, up in ((match[2], match[1], True), (match[4], match[5], False)):
            if sign:
                found |= _within(graph, own, made, up, int(depth) if depth else None)
    return found


def _within(
    graph: AssetGraph, own: Iterable[str], made: frozenset[str], up: bool, depth: int | None
) -> frozenset[str]:
    """dbt walks only over what dbt makes."""
    found, front, done = set(own), set(own), 0
    while front and (depth is None or done < depth):
        done += 1
        front = {k for key in front for k in graph.walk({key}, up, 1)} & made - found
        found |= front
    return frozenset(found)
