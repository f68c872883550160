"""A digest of everything that pages are made of: when it changes, an open page fetches itself again.

Only names, sizes and times of change are read: a few milliseconds however long the history is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from validation.dashboard.source import Source

OF_RUN = ("run.json", "ledger.jsonl", "parity.json", "gate.json", "self-test.json")
OF_STATE = ("equivalence.json", "graph.json", "verdicts.json", "shadow.jsonl")
OF_ROOT = ("routing.toml", "routing.log.jsonl", "build/bench.json")


def digest(source: Source) -> str:
    """The state as 16 hexadecimal digits."""
    total = hashlib.sha256()
    for file in _files(source):
        try:
            stat = file.stat()
        except OSError:
            continue
        total.update(f"{file}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
    return total.hexdigest()[:16]


def _files(source: Source) -> Iterator[Path]:
    yield source.config
    yield from (source.root / name for name in OF_ROOT)
    space = source.workspace
    yield from (space.state / name for name in OF_STATE)
    for run in sorted(space.runs.glob("*")):
        yield from (run / name for name in OF_RUN)
        yield from sorted(run.glob("*/logs/*.log"))
    yield from sorted(space.state.glob("sign-off/*/*"))
