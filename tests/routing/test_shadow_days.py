"""Both schedulers for real, every minute: dagster-daemon and Prefect's own tick by themselves, and agree."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migrate.config import load
from migrate.workspace import Workspace
from shims import shadow
from shims.ledger import read_ledger
from shims.processes import stragglers
from shims.shadow_ledger import read_ticks

pytestmark = pytest.mark.real
MIGRATE = str(Path(sys.executable).with_name("migrate"))
RUNS = """
import json, sys
from dagster import DagsterInstance
with DagsterInstance.get() as instance:
    print(json.dumps([dict(run.tags) for run in instance.get_runs()]))
"""
FLOW_RUNS = """
import json
from prefect import get_client
with get_client(sync_client=True) as client:
    runs = client.read_flow_runs(limit=200)
print(json.dumps([[str(run.id), run.state_type.value, run.tags] for run in runs]))
"""


@pytest.fixture
def minutely(farm_root):
    """The farm, converted, with a schedule that ticks every minute; `migrate` in its folder."""
    source = farm_root / "legacy" / "farm" / "definitions.py"
    source.write_text(source.read_text().replace("0 6 * * *", "* * * * *"))
    assert migrate(farm_root, "convert", "legacy", "--out", "target").returncode == 0
    yield farm_root
    shadow.stop(load(farm_root))


def migrate(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([MIGRATE, *words], cwd=root, capture_output=True, text=True, timeout=400)


def asked(code: str, **variables: str):
    environment = {**os.environ, **variables}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ticks_of(root: Path, count: int):
    """The records of the first ticks, once there are so many."""
    file, deadline = Workspace.of(load(root)).shadow, time.monotonic() + 400
    while True:
        found = [r.facts for r in read_ledger(file) if r.what == "tick"] if file.exists() else []
        if len(found) >= count:
            return found
        assert time.monotonic() < deadline, (root / ".changeover" / "shadow.log").read_text()
        assert shadow.running(load(root)), (root / ".changeover" / "shadow.log").read_text()
        time.sleep(0.5)


def nothing_runs(run_id: str) -> bool:
    deadline = time.monotonic() + 30
    while stragglers(run_id) and time.monotonic() < deadline:
        time.sleep(0.2)
    return stragglers(run_id) == []


def test_a_tick_of_both_schedulers_in_the_background_is_green_and_shown_in_both(minutely):
    assert "in the background" in migrate(minutely, "shadow", "start", "--background").stdout
    (tick,) = ticks_of(minutely, 1)[:1]
    assert (tick["outcome"], tick["reason"]) == ("green", "")
    folder = minutely / ".changeover" / "shadow" / tick["start"]
    # Dagster's own instance: the run is the schedule's, made by the daemon, and carries the common tag.
    tags = asked(RUNS, DAGSTER_HOME=str(folder / "dagster" / "home" / "dagster"))
    assert {run["dagster/schedule_name"] for run in tags} == {"daily"}
    assert {run["changeover.dual_run"] for run in tags} == {tick["start"]}
    assert {run["dagster/partition"] for run in tags} == {"2025"}
    # Prefect's API: the run that its scheduler made, and the one which that launched.
    log = (minutely / ".changeover" / "shadow.log").read_text()
    page = log.split("Prefect: ")[1].split(";")[0]
    runs = {key: (state, tags) for key, state, tags in asked(FLOW_RUNS, PREFECT_API_URL=f"{page}/api")}
    assert len(tick["runs"]["prefect"]) == 2
    for key in tick["runs"]["prefect"]:
        assert runs[key][0] == "COMPLETED"
        assert f"changeover.dual_run={tick['start']}" in runs[key][1]
    assert any("auto-scheduled" in runs[key][1] for key in tick["runs"]["prefect"])
    board = json.loads(migrate(minutely, "shadow", "status", "--json").stdout)
    assert board["running"] is True
    assert board["streak"] >= 1
    assert "nothing of it is left running" in migrate(minutely, "shadow", "stop").stdout
    assert nothing_runs(tick["start"])


@pytest.mark.skipif(not os.environ.get("CHANGEOVER_LONG"), reason="two minutes: run by `make shadow`")
def test_killed_it_leaves_nothing_and_goes_on_from_the_last_green_tick(minutely):
    migrate(minutely, "shadow", "start", "--background")
    first = ticks_of(minutely, 1)[0]
    process = shadow.running(load(minutely))
    assert process is not None
    process.send_signal(signal.SIGKILL)
    assert nothing_runs(first["start"])
    time.sleep(60)  # a tick that nobody sees
    source = minutely / "target" / "farm" / "definitions.py"
    source.write_text(source.read_text().replace("sum(litres)", "sum(litres) + 1"))
    done = migrate(minutely, "shadow", "start", "--ticks", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    ticks = read_ticks(Workspace.of(load(minutely)).shadow)
    outcomes = [tick.outcome for tick in ticks]
    assert outcomes[0] == "green"
    assert "missed" in outcomes[1:-1]
    assert "green" not in outcomes[1:]  # neither made up for what was due meanwhile
    assert "milk different" in ticks[-1].reason
    assert nothing_runs(ticks[-1].run)
