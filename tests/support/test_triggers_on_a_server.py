"""The prefect.yaml that the converter wrote, on a real server: events, sensors and backfills start runs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

PROJECT = """\
from pathlib import Path

import dagster as dg

orgs = dg.DynamicPartitionsDefinition(name="orgs")
days = dg.DailyPartitionsDefinition("2024-01-01")


@dg.asset
def raw() -> None:
    Path("raw.txt").write_text("raw")


@dg.asset(deps=[raw], automation_condition=dg.AutomationCondition.eager())
def gold() -> None:
    Path("gold.txt").write_text("gold")


@dg.asset(partitions_def=orgs)
def of_org(context) -> None:
    Path(f"org-{context.partition_key}.txt").write_text("org")


@dg.asset(partitions_def=days)
def of_day(context) -> None:
    Path(f"day-{context.partition_key}.txt").write_text("day")


org_job = dg.define_asset_job("org_job", selection=[of_org])
day_job = dg.define_asset_job("day_job", selection=[of_day])


@dg.sensor(job=org_job)
def new_orgs(context):
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key="acme", partition_key="acme")],
        dynamic_partitions_requests=[orgs.build_add_request(["acme"])],
    )


@dg.asset_sensor(asset_key=dg.AssetKey("raw"), default_status=dg.DefaultSensorStatus.RUNNING)
def raw_seen(context: dg.SensorEvaluationContext, asset_event: dg.EventLogEntry):
    made = asset_event.asset_materialization
    Path("seen.txt").write_text(f"{asset_event.asset_key.to_user_string()}: {made.metadata['rows'].value}")
    return dg.SkipReason("it was made")


defs = dg.Definitions(
    assets=[raw, gold, of_org, of_day], jobs=[org_job, day_job], sensors=[new_orgs, raw_seen]
)
"""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The converted project on disk."""
    from migrate.conversion import convert_project
    from migrate.reading.project import read
    from migrate.rules import is_construct

    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("deployed")
    (source / "pipeline.py").write_text(PROJECT)
    for path, data in convert_project(read(source, is_construct)).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def deployed(target: Path, prefect: str, prefect_home: Path) -> Iterator[dict[str, str]]:
    """Its deployments on the server, and a worker that runs them in `target`."""
    command = [sys.executable, "-m", "prefect", "--no-prompt"]
    environment = {**os.environ, "PREFECT_API_URL": prefect, "PREFECT_HOME": str(prefect_home)}

    def run(*arguments: str) -> None:
        done = subprocess.run(
            [*command, *arguments], cwd=target, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    pool = (target / "prefect.yaml").read_text().split("name: ")[1].split("\n")[0]
    run("work-pool", "create", pool, "--type", "process")
    run("deploy", "--all")
    with (target / "worker.log").open("w") as log:
        started = [*command, "worker", "start", "--pool", pool, "--limit", "2"]
        polling = {**environment, "PREFECT_WORKER_QUERY_SECONDS": "1"}
        worker = subprocess.Popen(
            started, cwd=target, env=polling, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield environment
        finally:
            worker.terminate()
            try:
                worker.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)  # it waits for runs that have ended long ago, at times
            worker.wait(10)


def appears(file: Path, log: Path) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        if file.exists():
            return
        time.sleep(0.3)
    raise AssertionError(f"{file.name} was never written:\n{log.read_text()[-3000:]}")


def test_runs_happen(target: Path, deployed: Any) -> None:
    from prefect.deployments import run_deployment
    from prefect.events import emit_event
    from prefect_support.dynamic_partitions import DynamicPartitions
    from prefect_support.partition_runs import backfill

    log = target / "worker.log"
    # somebody else makes raw: what is eager follows
    raw = {"prefect.resource.id": "asset://raw"}
    emit_event("prefect.asset.materialization.succeeded", resource=raw, payload={"rows": 3})
    run_deployment("new_orgs/new_orgs", timeout=0)
    assert backfill("day_job/day_job", ["2024-01-02"]) == 1
    appears(target / "gold.txt", log)
    assert not (target / "raw.txt").exists()
    appears(target / "seen.txt", log)
    assert (target / "seen.txt").read_text() == "raw: 3"
    appears(target / "org-acme.txt", log)
    assert DynamicPartitions("orgs").has("acme")
    appears(target / "day-2024-01-02.txt", log)
