"""A converted project in operation: deployed, run by a worker, watched by automations, all real."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrate.conversion import convert
from migrate.target import Target

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

PROJECT = """
import os
import time

import duckdb
from dagster import (
    AssetExecutionContext, Config, DefaultScheduleStatus, Definitions, ScheduleDefinition,
    StaticPartitionsDefinition, asset, define_asset_job,
)
from pydantic import Field

years = StaticPartitionsDefinition(["2025", "2026"])


class Growth(Config):
    rate: float = Field(default=0.03, ge=-0.5, le=1, description="Growth in a year.")


@asset(partitions_def=years)
def people(context: AssetExecutionContext, config: Growth) -> None:
    with duckdb.connect(os.environ["TOWN_DB"]) as connection:
        connection.execute("create table if not exists people(year int, rate double)")
        connection.execute("insert into people values (?, ?)", [int(context.partition_key), config.rate])
        time.sleep(1)
    if config.rate > 0.5:
        raise ValueError("too many for this town")


@asset
def streets() -> None:
    pass


grow = define_asset_job("grow", selection=[people], partitions_def=years, tags={"team": "town"})
pave = define_asset_job("pave", selection=[streets])
weekly = ScheduleDefinition(name="weekly", job=pave, cron_schedule="0 2 * * 6", execution_timezone="UTC")
defs = Definitions(assets=[people, streets], jobs=[grow, pave], schedules=[weekly])
"""


def until(found: Callable[[], Any], seconds: float = 90) -> Any:
    end = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < end:
        time.sleep(0.3)
    assert value, "it never came"
    return value


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The converted project."""
    source, out = tmp_path_factory.mktemp("dagster"), tmp_path_factory.mktemp("prefect") / "town"
    (source / "town.py").write_text(PROJECT)
    (source / "pyproject.toml").write_text('[project]\nname = "town"\n')
    Target(source, out).write(convert(source))
    return out


@pytest.fixture(scope="module")
def told() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web address, and what is sent to it."""
    messages: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", messages
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def environment(town: Path, prefect_api: str, prefect_home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PREFECT_API_URL": prefect_api,
        "PREFECT_HOME": str(prefect_home),
        "TOWN_DB": str(town / "town.duckdb"),
    }


@pytest.fixture(scope="module")
def deployed(
    town: Path,
    environment: dict[str, str],
    told: tuple[str, list[dict[str, str]]],
    prefect: str,
    asked: Callable[..., Any],
) -> dict[str, Any]:
    """Deployments by name, as the server has them after both commands of docs/prefect-side.md."""
    from prefect_support.operations import set_up

    first = set_up(town / "prefect.yaml", told[0])
    assert [line.rpartition(": ")[2] for line in first] == ["made", "one run at a time", "made", "made"]
    again = set_up(town / "prefect.yaml", told[0])
    assert [line.rpartition(": ")[2] for line in again] == [
        *("there already", "one run at a time", "changed", "changed")
    ]
    deploy = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    done = subprocess.run(deploy, cwd=town, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    found = asked(f"{prefect}/deployments/filter", {})
    return {one["name"]: one for one in found if one["work_pool_name"] == "town"}


def test_prefect_yaml_says_all_that_is_deployed(
    deployed: dict[str, Any], town: Path, prefect: str, asked: Callable[..., Any]
) -> None:
    names = [one["name"] for one in yaml.safe_load((town / "prefect.yaml").read_text())["deployments"]]
    assert sorted(deployed) == sorted(names) == ["grow", "grow_backfill", "pave", "weekly"]
    assert {one["work_queue_name"] for one in deployed.values()} == {"one-writer"}
    assert deployed["grow"]["tags"] == ["team:town"]
    (schedule,) = deployed["weekly"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["active"]) == ("0 2 * * 6", False)
    (queue,) = [q for q in asked(f"{prefect}/work_queues/filter", {}) if q["name"] == "one-writer"]
    assert queue["concurrency_limit"] == 1


def test_the_form_has_ranges_and_the_server_refuses_what_is_impossible(
    deployed: dict[str, Any], prefect: str, asked: Callable[..., Any]
) -> None:
    schema = deployed["grow_backfill"]["parameter_openapi_schema"]
    rate = schema["definitions"]["Growth"]["properties"]["rate"]
    assert (rate["minimum"], rate["maximum"], rate["description"]) == (-0.5, 1, "Growth in a year.")
    assert schema["properties"]["first"]["enum"] == ["2025", "2026"]
    start = f"{prefect}/deployments/{deployed['grow']['id']}/create_flow_run"
    for wrong in ({"partition_key": "2031"}, {"partition_key": "2025", "people_config": {"rate": 3}}):
        with pytest.raises(urllib.error.HTTPError) as refused:
            asked(start, {"parameters": wrong})
        assert refused.value.code == 409


def test_a_worker_runs_one_writer_at_a_time_and_automations_tell(
    deployed: dict[str, Any],
    town: Path,
    environment: dict[str, str],
    told: tuple[str, list[dict[str, str]]],
    prefect: str,
    worker: Callable[..., Any],
    asked: Callable[..., Any],
) -> None:
    start = f"{prefect}/deployments/{deployed['grow']['id']}/create_flow_run"
    due = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    wanted = [
        {"partition_key": "2025", "people_config": {"rate": 0.02}},
        {"partition_key": "2026", "people_config": {"rate": 0.9}},
    ]
    state = {"type": "SCHEDULED", "state_details": {"scheduled_time": due}}
    ids = [asked(start, {"parameters": given, "state": state})["id"] for given in wanted]
    until(lambda: sum(message["subject"] == "grow: Late" for message in told[1]) == 2)
    with worker("town", town, environment):
        runs = until(
            lambda: _ended(asked(f"{prefect}/flow_runs/filter", {"flow_runs": {"id": {"any_": ids}}}))
        )
        until(lambda: [m for m in told[1] if m["subject"] == "grow: Failed"], 20)
    assert sorted(run["state_name"] for run in runs) == ["Completed", "Failed"]
    first, second = sorted(runs, key=lambda run: run["start_time"])
    assert first["end_time"] <= second["start_time"]
    (failure,) = [m for m in told[1] if m["subject"] == "grow: Failed"]
    assert "too many for this town" in failure["body"]


def _ended(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return runs if all(run["end_time"] for run in runs) else []
