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
from collections.abc import Sequence
from pathlib import Path

from kept_runs import KeptRuns, Run, left_to_do
from row import Row, medians, with_ratios
from table_digests import agree

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


def measure(
    years: tuple[int, ...], repeat: int, subjects: Sequence[str] = (), kept: KeptRuns | None = None
) -> list[Row]:
    """Interleaved repetitions of every engine; refuses to report when rows differ between engines."""
    kept = kept or KeptRuns()
    plural = "s" * (len(years) > 1)
    case = f"{SCENARIOS} scenarios × {len(years)} year{plural}, {os.cpu_count()} cores"
    for engine in left_to_do(kept, AREA, case, [*(subjects or ENGINES)], repeat):
        kept.add(_one(case, engine, years))
    agree(kept.tables(AREA, case))
    return with_ratios(medians(row for run in kept.of(AREA, case) for row in run.rows), FLOOR)


def _one(case: str, engine: str, years: tuple[int, ...]) -> Run:
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        said, outcome, server_cpu = _run(engine, years, folder)
    count, seconds = int(said["scenarios"]), float(said["seconds"])
    figures = {
        ("scenarios an hour", "n"): 3600 * count / seconds,
        ("wall a scenario", "s"): seconds / count,
        ("CPU a scenario", "s"): outcome.cpu_seconds / count,
        ("server CPU a scenario", "s"): server_cpu / count,
        ("memory", "MB"): outcome.max_rss_bytes / 1e6,
    }
    rows = tuple(Row(AREA, case, engine, metric, round(v, 3), unit) for (metric, unit), v in figures.items())
    left = {"fct_workforce_snapshot": (int(said["rows"]), str(said["sha256"]))}
    return Run(AREA, case, engine, rows, left)


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
