"""What a sweep of scenarios costs: 1, 2 and 4 Dask workers against one process, the same rows from each.

Each engine runs the same scenarios (seeds) of the reference in a folder and on a Prefect server of its own.
CPU seconds are those of the engine's process tree, the server's apart. More workers than cores add nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row, medians, with_ratios

from migrate.config import load
from shims import freeze, server
from shims.processes import Outcome, Supervised
from shims.run_plan import frozen_names, make_plan

AREA = "scale"
FLOOR = "here"
ENGINES = (FLOOR, "dask:1", "dask:2", "dask:4")
SCENARIOS = int(os.environ.get("CHANGEOVER_SCENARIOS", "4"))
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def measure(years: tuple[int, ...], repeat: int) -> list[Row]:
    """Interleaved repetitions of every engine; refuses to report when rows differ between engines."""
    digests: set[str] = set()
    rows = [row for _ in range(repeat) for engine in ENGINES for row in _one(engine, years, digests)]
    if len(digests) != 1:
        raise SystemExit("the engines left different rows; nothing is reported")
    return with_ratios(medians(rows), FLOOR)


def _one(engine: str, years: tuple[int, ...], digests: set[str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        said, outcome, server_cpu = _run(engine, years, folder)
    digests.add(said["sha256"])
    figures = {
        ("scenarios an hour", "n"): 3600 * said["scenarios"] / said["seconds"],
        ("wall a scenario", "s"): said["seconds"] / said["scenarios"],
        ("CPU a scenario", "s"): outcome.cpu_seconds / said["scenarios"],
        ("server CPU a scenario", "s"): server_cpu / said["scenarios"],
        ("memory", "MB"): outcome.max_rss_bytes / 1e6,
    }
    case = (
        f"{said['scenarios']} scenarios × {len(years)} year{'s' * (len(years) > 1)}, {os.cpu_count()} cores"
    )
    for (metric, unit), value in figures.items():
        yield Row(AREA, case, engine, metric, round(value, 3), unit)


def _run(engine: str, years: tuple[int, ...], folder: str) -> tuple[dict[str, float | str], Outcome, float]:
    settings = load(ROOT).model_copy(update={"state": folder})
    settings._file = ROOT / "migration.toml"
    plan = make_plan(settings, years=years)
    side = plan.prefect
    side.make()
    freeze.copy(plan.migration.root, frozen_names(plan.migration, side.root), side.paths.work)
    running = server.start(plan, time.sleep)
    environment = {**side.environment, "PREFECT_API_URL": running.url}

    def start(name: str, line: list[str]) -> Outcome:
        process = Supervised(
            line, environment=environment, folder=side.folder, logs=side.paths.logs, name=name
        )
        while process.running:
            process.sample()
            time.sleep(0.5)
        outcome = process.outcome()
        if outcome.exit != 0:
            raise SystemExit(f"{name} on {engine} ended with exit code {outcome.exit}: {process.log_tail()}")
        return outcome

    try:
        for line in side.prepare:
            start("prepare", list(line))
        command = [sys.executable, str(HERE / "sweep_once.py"), engine, str(SCENARIOS), *map(str, years)]
        outcome = start("side", command)
    finally:
        ended = running.end()
    lines = (side.paths.logs / "side.out.log").read_text(encoding="utf-8").splitlines()
    return json.loads(lines[-1]), outcome, ended.cpu_seconds
