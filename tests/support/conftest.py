"""The support modules as a converted project has them, and a real Prefect server to run them on."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from shims import learning

ROOT = Path(__file__).parents[2]
SUPPORT = ROOT / "migrate" / "support"
GOLDEN = Path(__file__).parent / "golden"
QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}


def carry_support(folder: Path) -> None:
    """Put `prefect_support` into a folder, the way the converter does."""
    shutil.copytree(SUPPORT, folder / "prefect_support", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "prefect_support" / "__init__.py").touch()


@pytest.fixture(scope="package", autouse=True)
def support_modules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("target")
    carry_support(folder)
    sys.path.insert(0, str(folder))
    os.environ.update(QUIET)
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="package")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Prefect server of our own, with all services, stopped at the end."""
    services = ("SCHEDULER", "LATE_RUNS", "TRIGGERS")
    with learning.api(tmp_path_factory.mktemp("server"), sys.executable, services=services) as url:
        yield url


@pytest.fixture(scope="package")
def prefect(prefect_api: str, prefect_home: Path) -> Iterator[str]:
    """Prefect in this process, talking to that server."""
    from prefect import context
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    before = context.GLOBAL_SETTINGS_CONTEXT
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_API_URL", prefect_api)
        patch.setenv("PREFECT_HOME", str(prefect_home))
        # Prefect's own threads see the global settings only, read once when it is imported;
        # without an address they would start a server of their own
        context.GLOBAL_SETTINGS_CONTEXT = context.root_settings_context()
        with context.SettingsContext(
            profile=context.GLOBAL_SETTINGS_CONTEXT.profile, settings=context.GLOBAL_SETTINGS_CONTEXT.settings
        ):
            yield prefect_api
            # what still waits to be sent would look for the stopped server for a minute
            APILogWorker.drain_all(timeout=10)
            EventsWorker.drain_all(timeout=10)
        context.GLOBAL_SETTINGS_CONTEXT = before


@pytest.fixture(scope="session")
def golden() -> Path:
    """The hand-made example: before/, after/ and the dbt project of both."""
    return GOLDEN


@pytest.fixture(scope="session")
def carry() -> Callable[[Path], None]:
    """Puts `prefect_support` into a folder, the way the converter does."""
    return carry_support


@pytest.fixture(scope="session")
def parsed_dbt(golden: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's dbt project with its manifest, to copy from."""
    folder = tmp_path_factory.mktemp("parsed") / "dbt"
    shutil.copytree(golden / "dbt", folder)
    parse(folder)
    return folder


def parse(folder: Path) -> None:
    """dbt parse, in this process: importing dbt anew costs more than parsing."""
    from dbt.cli.main import dbtRunner

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAKERY_DB", str(folder / "none.duckdb"))
        place = ["--project-dir", str(folder), "--profiles-dir", str(folder)]
        result = dbtRunner().invoke(["--quiet", "parse", *place])
    assert result.success, result.exception


@pytest.fixture(scope="session")
def parse_dbt() -> Callable[[Path], None]:
    """Writes the manifest of a dbt project like the example's."""
    return parse


ORDERS = (
    "create table raw_orders as select 1 as order_id, 2025 as order_year, 'bread' as product, 1 as quantity"
)


@pytest.fixture
def project(tmp_path: Path, parsed_dbt: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    from prefect_support.dbt_project import DbtProject

    shutil.copytree(parsed_dbt, tmp_path / "dbt")
    monkeypatch.setenv("BAKERY_DB", str(tmp_path / "bakery.duckdb"))
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(str(tmp_path / "bakery.duckdb")) as connection:
        connection.execute(ORDERS)
    return DbtProject(project_dir=Path("dbt"))


def asked_of(url: str, body: Any = None) -> Any:
    """What a server answers; None where it knows no such thing."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    for pause in (0.5, 1, 2, 4, 0):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            if error.code != 503 or not pause:
                raise
            time.sleep(pause)  # its database is busy: Prefect's own client asks again, too
    return None


@pytest.fixture(scope="session")
def asked() -> Callable[..., Any]:
    """Asks a server: `asked(url)`, `asked(url, body)`."""
    return asked_of


@contextlib.contextmanager
def worker_of(pool: str, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """A process worker of a pool, ended with everything it started; its log is printed."""
    line = [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool, "--type", "process"]
    quick = {**environment, "PREFECT_WORKER_QUERY_SECONDS": "1"}
    with (folder / "worker.log").open("w") as log:
        worker = subprocess.Popen(line, cwd=folder, env=quick, stdout=log, stderr=log, start_new_session=True)
    try:
        yield
    finally:
        worker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)  # it waits for runs that have ended long ago, at times
        worker.wait(10)
        print((folder / "worker.log").read_text())


@pytest.fixture(scope="session")
def worker() -> Callable[..., contextlib.AbstractContextManager[None]]:
    """Starts a worker: `with worker(pool, folder, environment):`."""
    return worker_of
