"""A Dagster asset whose body runs a Prefect deployment, by a real worker; and cancelling it, or a flow."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("CHANGEOVER_LONG"), reason="a minute of CPU: run by `make path`"),
]
PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")
SLOW = """year = int(context.partition_key)
    __import__("time").sleep(float(os.environ.get("FARM_SLEEP", "0")))"""
STATES = """
import json
from prefect import get_client
with get_client(sync_client=True) as client:
    runs = client.read_flow_runs(limit=200)
print(json.dumps([[run.tags, run.state_type.value] for run in runs]))
"""
STATUS = """
from dagster import DagsterInstance
with DagsterInstance.get() as instance:
    print(*[word for run in instance.get_runs() for word in (run.run_id, run.status.value)])
"""


@pytest.fixture
def farm(farm_root, api, path_of):
    """The farm, converted; its second asset sleeps for FARM_SLEEP seconds; all of it by Prefect."""
    source = farm_root / "legacy" / "farm" / "definitions.py"
    source.write_text(source.read_text().replace("year = int(context.partition_key)", SLOW, 1))
    variables = {"FARM_DB": "{out}/farm.duckdb", "FARM_STORE": "{out}/store", "FARM_DATA": "{root}/data"}
    migration = path_of(farm_root, variables)
    migration.yes("convert", "legacy", "--out", "target")
    with source.open("a") as stream:
        stream.write(migration.line)
    (farm_root / "routing.toml").write_text('schema = 1\n[routes]\n"*" = "prefect"\n')
    return migration


@pytest.fixture
def worker(farm):
    """The farm's deployments, and a worker that runs them with the variables of the run `name`."""
    started = []

    def start(environment: dict[str, str]) -> None:
        target, quiet = farm.root / "target", {"capture_output": True, "text": True}
        for line in (
            ["work-pool", "create", "legacy", "--type", "process", "--overwrite"],
            ["deploy", "--all"],
        ):
            done = subprocess.run([*PREFECT, *line], cwd=target, env=environment, **quiet)
            assert done.returncode == 0, done.stdout + done.stderr
        line = [*PREFECT, "worker", "start", "--pool", "legacy"]
        with (farm.root / "worker.log").open("w") as log:
            started.append(subprocess.Popen(line, cwd=target, env=environment, stdout=log, stderr=log))

    with (farm.root / "routing.toml").open("a") as stream:
        stream.write('[deployments]\n"*" = "close_year/close_year"\n')
    yield start
    for process in started:
        process.send_signal(signal.SIGINT)  # a worker that is through waits for nothing
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cancelled(farm, step: str, words: str) -> None:
    """Cancel Dagster's run once Prefect has said `words` to a step of it."""
    events = farm.root.parent / "run" / "events.jsonl"
    deadline = time.monotonic() + 120
    while not any(step in line and words in line for line in said(events)):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    (events.parent / "events.jsonl.no").touch()


def said(events: Path) -> list[str]:
    return events.read_text().splitlines() if events.exists() else []


def states_of(environment: dict[str, str], code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_a_worker_runs_the_deployment_once_for_all_assets_that_ask_for_it(farm, worker):
    environment = farm.environment("run")
    worker(environment)
    told = farm.under_dagster("run", "farm.definitions", "close_year", environment)
    made = {e["asset"]: e["metadata"] for e in told if e["event"] == "materialization"}
    assert set(made) == {"cows", "herd", "milk", "prices", "tax", "income"}
    assert made["herd"]["rows"] == 3
    verdicts = {(e["asset"], e["name"]): (e["passed"], e["severity"]) for e in told if e["event"] == "check"}
    assert verdicts == {
        ("herd", "cows_are_there"): (True, "ERROR"),
        ("income", "everybody_is_rich"): (False, "WARN"),
    }
    logged = [e["message"] for e in told if e["event"] == "log"]
    assert "3 cows" in logged
    assert (
        len({line for line in logged if line.startswith("deployment close_year/close_year: flow run")}) == 1
    )


@pytest.mark.parametrize("deployed", [False, True])
def test_a_cancelled_dagster_run_cancels_prefects(farm, request, deployed):
    environment = farm.environment("run") | {"FARM_SLEEP": "100"}
    if deployed:
        request.getfixturevalue("worker")(environment)
    before = time.monotonic()
    # One flow run for all assets, or one for each: the second asset sleeps.
    when = ("cows", "3 cows") if deployed else ("milk", "Beginning flow run")
    thread = threading.Thread(target=cancelled, args=(farm, *when))
    thread.start()
    farm.under_dagster("run", "farm.definitions", "close_year", environment, fails=True)
    thread.join()
    assert time.monotonic() - before < 90, "the asset sleeps for 100 s"
    run_id, status = states_of(environment, STATUS).split()
    assert status == "CANCELED"
    runs = json.loads(states_of(environment, STATES))
    states = {state for tags, state in runs if f"changeover.dagster_run={run_id}" in tags}
    (left,) = states - {"COMPLETED"}
    assert left in ({"CANCELLED", "CANCELLING"} if deployed else {"CRASHED", "CANCELLED"})
