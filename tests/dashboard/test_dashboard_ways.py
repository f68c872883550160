"""From a run's page into both orchestrators' own: its commands start them, its links lead to the run."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import reference_project as data

RUN = "20261123T100000000Z-0abc"
QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}
LEGACY = """import dagster as dg

@dg.op
def a_step() -> None: ...

@dg.job
def simulate_year():
    a_step()

definitions = dg.Definitions(jobs=[simulate_year])

if __name__ == "__main__":
    print(simulate_year.execute_in_process(instance=dg.DagsterInstance.get()).run_id)
"""


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def ports() -> dict[str, int]:
    return {"prefect": free(), "dagster": free()}


@pytest.fixture
def environment(tmp_path: Path, ports: dict[str, int]) -> dict[str, str]:
    """Of a person who has the project's environment active; Prefect's pages are not on their usual port."""
    return {
        **os.environ,
        **QUIET,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PREFECT_HOME": str(tmp_path / "prefect-home"),
        "PREFECT_UI_STATIC_DIRECTORY": str(tmp_path / "prefect-pages"),
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{ports['prefect']}/api",
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one job, with a run whose sides have recorded nothing yet."""
    folder = tmp_path / "project"
    settings = (data.REPOSITORY / "migration.toml").read_text(encoding="utf-8")
    data.write(folder / "migration.toml", settings.replace("planalign.definitions", "tiny"))
    data.write(folder / "dagster_legacy" / "tiny.py", LEGACY)
    for home in ("dagster/home/dagster", "prefect/server"):
        (folder / data.STATE / "runs" / RUN / home).mkdir(parents=True)
    tell(folder, "start", "", run=RUN, phase="1", years=[2025])
    return folder


def tell(root: Path, what: str, side: str, **facts: object) -> None:
    """One more line of the run's ledger."""
    line = {"at": "2026-11-23T10:00:00+00:00", "what": what, "side": side, **facts}
    with (root / data.STATE / "runs" / RUN / "ledger.jsonl").open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(line) + "\n")


@pytest.fixture
def start(root: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Start a command of the page as a person would, on a port of its own; ended with all it started."""
    started = []

    def go(command: str, port: int, health: str) -> str:
        log, address = tmp_path / f"{port}.log", f"http://127.0.0.1:{port}"
        with log.open("w") as out:
            process = subprocess.Popen(
                f"{command} --port {port}",
                **{"shell": True, "cwd": root, "env": environment, "stdout": out, "stderr": out},
                start_new_session=True,
            )
        started.append(process)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}{health}", timeout=5):
                return address
            time.sleep(0.5)
        raise AssertionError(log.read_text()[-2000:])

    yield go
    for process in started:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def dagster_run(root: Path, environment: dict[str, str]) -> str:
    """A real run in the Dagster home that the dual run's side would have used; its id."""
    home = root / data.STATE / "runs" / RUN / "dagster/home/dagster"
    command = [sys.executable, "dagster_legacy/tiny.py"]
    done = subprocess.run(
        command, cwd=root, env={**environment, "DAGSTER_HOME": str(home)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def prefect_run(api: str) -> str:
    """A flow run in a real Prefect server; its id."""
    flow = posted(f"{api}/flows/", {"name": "simulate-year"})
    state = {"type": "COMPLETED", "name": "Completed"}
    body = {"flow_id": flow["id"], "name": "year-2025-of-the-dual-run", "state": state}
    return str(posted(f"{api}/flow_runs/", body)["id"])


def posted(url: str, body: dict[str, Any]) -> Any:
    """The answer to a request; a server whose database is busy is asked again, as Prefect's client does."""
    for _ in range(20):
        answer = httpx.post(url, json=body)
        if answer.status_code != 503:
            break
        time.sleep(0.5)
    return answer.raise_for_status().json()


@pytest.mark.real
def test_a_run_leads_into_both_orchestrators_own_pages(
    root: Path, ports: dict[str, int], environment: dict[str, str], serve: Any, start: Any, look: Any
) -> None:
    address = serve(root, **{side: f"http://127.0.0.1:{port}" for side, port in ports.items()})
    view = look(address, clean=False)
    view.go(f"runs/{RUN}.html")
    prefect, dagster = view.page.locator("section[aria-labelledby=ways] code.command").all_inner_texts()
    run_id = dagster_run(root, environment)
    api = start(prefect, ports["prefect"], "/api/health")
    start(dagster, ports["dagster"], "/server_info")
    tell(root, "year_finished", "dagster", year=2025, run_id=run_id, ok=True)
    tell(root, "year_finished", "prefect", year=2025, run_id=prefect_run(f"{api}/api"), ok=True)
    view.page.click("text=Prefect, 2025", timeout=15000)
    view.page.wait_for_selector("text=year-2025-of-the-dual-run", timeout=30000)
    assert view.page.url.startswith(api)
    view.go(f"runs/{RUN}.html")
    view.page.click("text=Dagster, 2025")
    view.page.wait_for_selector("text=a_step", timeout=30000)
    assert view.page.url.endswith(f"/runs/{run_id}")
    assert "Success" in view.page.inner_text("body")
