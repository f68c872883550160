"""Flows of `--layout single` run for real: they write what mirrored ones write, and the file serves them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


BREAD = """
import os
from pathlib import Path
from dagster import Definitions, ScheduleDefinition, asset, define_asset_job

@asset
def loaves(context) -> None:
    Path(os.environ["BREAD"]).write_text("12 loaves")
    context.log.info("baked")

bake = define_asset_job("bake", selection=[loaves])
zone = "Europe/Paris"
mornings = ScheduleDefinition(name="mornings", job=bake, cron_schedule="0 5 * * *", execution_timezone=zone)
defs = Definitions(assets=[loaves], jobs=[bake], schedules=[mornings])
"""


@pytest.mark.real
@pytest.mark.timeout(180)
def test_the_file_serves_its_flows(
    tmp_path: Path, prefect_api: str, prefect_home: Path, asked: Callable[..., Any]
) -> None:
    """`python flows.py` is all that is needed: the deployment is there with its schedule, and runs."""
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy" / "bread.py").write_text(BREAD)
    for path, data in convert(tmp_path / "legacy", single=True).files.items():
        (tmp_path / "target" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "target" / path).write_bytes(data)
    environment = {
        **os.environ,
        "PREFECT_API_URL": prefect_api,
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "BREAD": str(tmp_path / "bread.txt"),
    }
    with (tmp_path / "log").open("w") as log:
        serving = subprocess.Popen(
            [sys.executable, "flows.py"], cwd=tmp_path / "target", env=environment, stdout=log, stderr=log
        )
    try:
        found = until(
            lambda: asked(f"{prefect_api}/deployments/name/bake/mornings"), serving, tmp_path / "log"
        )
        (schedule,) = found["schedules"]
        assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == (
            "0 5 * * *",
            "Europe/Paris",
        )
        started = asked(
            f"{prefect_api}/deployments/{found['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}}
        )
        run = f"{prefect_api}/flow_runs/{started['id']}"
        until(lambda: asked(run)["state"]["type"] == "COMPLETED", serving, tmp_path / "log")
        assert (tmp_path / "bread.txt").read_text() == "12 loaves"
    finally:
        serving.send_signal(signal.SIGINT)
        serving.wait(30)


def until(answer: Callable[[], Any], process: subprocess.Popen[bytes], log: Path) -> Any:
    """The first answer that is one, while the process lives; a minute at most."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if found := answer():
            return found
        time.sleep(0.3)
    raise AssertionError(log.read_text()[-3000:])
