"""What the user interfaces of both orchestrators show of a dual run, by what they ask."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from shims.prechecks import free_port, port_is_free

RUNS = """query Runs($filter: RunsFilter!) { runsOrError(filter: $filter) {
  ... on Runs { results { runId status pipelineName tags { key value } } } } }"""


def both_show_the_run(tiny, api, waiting):
    """By what both UIs ask: Dagster's webserver in GraphQL, and the API of the user's own Prefect server."""
    tag, home = "changeover.dual_run", tiny.folder / "dagster" / "home" / "dagster"
    with webserver(home, waiting) as url:
        tags = {"filter": {"tags": [{"key": tag, "value": tiny.folder.name}]}}
        (run,) = asked(url, {"query": RUNS, "variables": tags})["data"]["runsOrError"]["results"]
        assert (run["status"], run["pipelineName"]) == ("SUCCESS", "simulate_year")
        assert {"key": tag, "value": tiny.folder.name} in run["tags"]
        tags["filter"]["tags"][0]["value"] = "another"
        assert asked(url, {"query": RUNS, "variables": tags})["data"]["runsOrError"]["results"] == []
    wanted = {"flow_runs": {"tags": {"all_": [f"{tag}={tiny.folder.name}"]}}}
    assert [run["state_type"] for run in asked(f"{api}/flow_runs/filter", wanted)] == ["COMPLETED"]


@contextlib.contextmanager
def webserver(home: Path, waiting):
    """Dagster's real webserver over an instance; the address of its GraphQL."""
    port = free_port()
    line = [sys.executable, "-m", "dagster_webserver", "--empty-workspace", "--port", str(port)]
    environment = {**os.environ, "DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "yes"}
    with (home / "webserver.log").open("wb") as log:
        process = subprocess.Popen([*line, "--host", "127.0.0.1"], env=environment, stdout=log, stderr=log)
    try:
        waiting(lambda: not port_is_free(port), seconds=120)
        yield f"http://127.0.0.1:{port}/graphql"
    finally:
        process.terminate()
        process.wait(30)


def asked(url: str, body: dict) -> Any:
    """The answer to a JSON request."""
    with urlopen(Request(url, json.dumps(body).encode(), {"content-type": "application/json"})) as answer:
        return json.load(answer)
