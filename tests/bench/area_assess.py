"""What an assessment costs beside parsing the same files, and a question about a lineage of 5,000 assets.

Every subject is a process of its own; CPU seconds are those of it and its children.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from area_convert import FLOOR, PARSE, _tree
from row import Row, medians, with_ratios

AREA = "assess"
NODES, EDGES = 5_000, 20_000
CASE = f"lineage of {NODES:,} assets, {EDGES:,} edges"
MIGRATE = ["-c", "from migrate.cli import main; main()"]
MINIMAL = """schema = 1
name = "large"
[legacy]
root = "legacy"
module = "shop"
job = "all"
[target]
root = "target"
flow = "shop:all"
[outputs]
database = "{side}/x.duckdb"
[phases.1]
title = "all"
years = [2025]
expect_tables = 1
"""


def measure(years: tuple[int, ...], repeat: int) -> list[Row]:
    """Interleaved repetitions; medians, with ratios to bare parsing."""
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        tree, large = _tree(Path(folder, "tree"), 600), _large(Path(folder, "large"))
        found: list[Row] = []
        for _ in range(repeat):
            found += _one("600 files", FLOOR, ["-c", PARSE, "project"], tree)
            found += _one("600 files", "migrate assess", [*MIGRATE, "assess", "project", "--json"], tree)
            asset = f"asset_{NODES // 2}"
            found += _one(CASE, "migrate lineage ASSET", [*MIGRATE, "lineage", asset, "--upstream"], large)
            for kind in ("json", "html"):
                command = [*MIGRATE, "lineage", "--format", kind, "--out", f"lineage.{kind}"]
                found += _one(CASE, f"all of it as {kind}", command, large)
        return with_ratios(medians(found), FLOOR)


def _large(root: Path) -> Path:
    """A migration whose lineage is stored already: every asset needs up to four of those just before it."""
    from migrate.config import load
    from migrate.lineage import store
    from migrate.lineage.graph import Edge, Lineage, Node
    from migrate.lineage.project import signature_of
    from migrate.workspace import Workspace

    (root / "legacy").mkdir(parents=True)
    (root / "migration.toml").write_text(MINIMAL)
    nodes = {}
    for n in range(NODES):
        name = f"asset_{n}"
        nodes[name] = Node(name, "asset", name, f"group_{n // 100}", f"layer_{n // 500}", "a.py", n + 1)
    pairs = [(n - step, n) for n in range(NODES) for step in (1, 7, 31, 97) if n >= step]
    pairs += [(n, n + 3) for n in range(EDGES - len(pairs))]
    edges = tuple(Edge(f"asset_{a}", f"asset_{b}") for a, b in pairs)
    assert len(edges) == EDGES
    workspace = Workspace.of(load(root))
    # the signature is of the paths as the command itself will name them
    here = Path.cwd()
    os.chdir(root)
    try:
        workspace = Workspace.of(load(Path()))
        store.save(
            workspace.lineage, Lineage(nodes, edges), signature_of(load(Path()).root / "legacy", workspace)
        )
    finally:
        os.chdir(here)
    return root


def _one(case: str, subject: str, command: Sequence[str], folder: Path) -> Iterator[Row]:
    begun = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=folder, stdout=nowhere, stderr=subprocess.PIPE
        )
        told = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{subject} ended with exit code {process.returncode}\n{told.decode()}")
    yield Row(AREA, case, subject, "wall", round(time.perf_counter() - begun, 3), "s")
    yield Row(AREA, case, subject, "CPU", round(used.ru_utime + used.ru_stime, 3), "s")
