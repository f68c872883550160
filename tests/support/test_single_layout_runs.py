"""Flows of `--layout single` run for real and write what those of the mirrored layout write."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert

TINY = Path(__file__).parents[1] / "dual_run" / "projects" / "tiny"
RUN = """
import importlib, os, sys, duckdb

for folder, module in ((sys.argv[1], "plan.definitions"), (sys.argv[2], "flows")):
    sys.path.insert(0, folder)
    os.environ["PLAN_DB"] = os.path.join(folder, "plan.duckdb")
    state = importlib.import_module(module).simulate_year("2025", return_state=True)
    print(state.type.value)
    with duckdb.connect(os.environ["PLAN_DB"]) as connection:
        for table in ("headcount", "pay"):
            print(table, connection.execute(f"select * from {table} order by all").fetchall())
"""


@pytest.mark.real
def test_both_layouts_write_the_same(tmp_path: Path, prefect_api: str, prefect_home: Path) -> None:
    for layout in ("mirrored", "single"):
        for path, data in convert(TINY / "legacy", single=layout == "single").files.items():
            (tmp_path / layout / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / layout / path).write_bytes(data)
    assert not (tmp_path / "single" / "plan").exists()
    environment = {
        **os.environ,
        "PREFECT_API_URL": prefect_api,
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PLAN_CENSUS": str(TINY / "data" / "census.csv"),
    }
    line = [sys.executable, "-c", RUN, str(tmp_path / "mirrored"), str(tmp_path / "single")]
    done = subprocess.run(line, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    said = done.stdout.splitlines()
    assert said[:3] == said[3:]
    assert said[0] == "COMPLETED"
    assert "(2025," in said[2]
