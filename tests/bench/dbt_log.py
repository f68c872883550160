"""What dbt itself says of its time, read from its structured log files.

Every subject runs dbt with `DBT_LOG_FORMAT_FILE=json` and `DBT_LOG_LEVEL_FILE=debug`, whoever starts it, so
that calls, parsing and node time are counted the same way for all.
https://docs.getdbt.com/reference/events-logging
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS = {
    "DBT_LOG_FORMAT_FILE": "json",
    "DBT_LOG_LEVEL_FILE": "debug",
    "DBT_LOG_FILE_MAX_BYTES": str(1 << 30),
}


@dataclass(frozen=True)
class DbtTime:
    """Sums over all invocations below a folder; wall seconds."""

    calls: int
    parse_seconds: float
    node_seconds: float
    nodes: int


def read(folder: Path) -> DbtTime:
    """Sum what the logs below `folder` say.

    `parse_seconds` is from an invocation's first event to "Found N models": configuration, parsing or loading
    of the manifest, compilation of the graph. `node_seconds` is the time in which at least one model, seed,
    snapshot or test was running; nodes that ran at once are not counted twice. `nodes`: how many ended.
    """
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    found: dict[str, float] = {}
    starts: dict[tuple[str, str], float] = {}
    spans: list[tuple[float, float]] = []
    for event in _events(folder):
        info = event["info"]
        call, at = str(info["invocation_id"]), dt.datetime.fromisoformat(info["ts"]).timestamp()
        first[call] = min(at, first.get(call, at))
        last[call] = max(at, last.get(call, at))
        if info["name"] == "FoundStats":
            found.setdefault(call, at)
        elif info["name"] in ("NodeStart", "NodeFinished"):
            node = (call, str(event["data"]["node_info"]["unique_id"]))
            if info["name"] == "NodeStart":
                starts[node] = at
            else:
                spans.append((starts.get(node, at), at))
    # `dbt parse` finds nothing to say: all of it is parsing
    parse = sum(found.get(call, last[call]) - first[call] for call in first)
    return DbtTime(len(first), round(parse, 3), round(_covered(spans), 3), len(spans))


def _covered(spans: Iterable[tuple[float, float]]) -> float:
    """The length of the union of intervals."""
    total, end = 0.0, float("-inf")
    for start, stop in sorted(spans):
        total += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return total


def _events(folder: Path) -> Iterator[dict[str, Any]]:
    for log in sorted(folder.rglob("dbt.log")):
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("{"):
                yield json.loads(line)
