"""A tiny project for real dual runs, one finished run of it, and one Prefect server, shared by all tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from migrate.config import load
from shims import server
from shims.ledger import Record, read_ledger
from shims.run_plan import make_plan

sys.path.insert(0, str(Path(__file__).parent))
import fault_table

PROJECT = Path(__file__).parent / "projects" / "tiny"
MIGRATE = Path(sys.executable).with_name("migrate")


@dataclass
class Project:
    """A copy of the tiny project, and how to start `migrate dual-run` in it."""

    root: Path

    def set(self, old: str, new: str) -> None:
        file = self.root / "migration.toml"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def command(self, *words: str) -> list[str]:
        return [str(MIGRATE), "dual-run", *words]

    def migrate(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(MIGRATE), *words], cwd=self.root, capture_output=True, text=True, timeout=240
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        # What a user has set must not reach the sides: these would break them at once.
        environment = {
            **os.environ,
            "DAGSTER_HOME": "/nonexistent",
            "PREFECT_API_URL": "http://127.0.0.1:9/api",
            "PYTHONPATH": "/nonexistent",
        }
        return subprocess.run(
            self.command(*words), cwd=self.root, env=environment, capture_output=True, text=True, timeout=240
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*words), cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    @property
    def folder(self) -> Path:
        (found,) = (self.root / ".changeover" / "runs").iterdir()
        return found

    @property
    def record(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads((self.folder / "run.json").read_text())
        return value

    @property
    def ledger(self) -> list[Record]:
        return read_ledger(self.folder / "ledger.jsonl")

    def statuses(self) -> dict[str, str]:
        return {name: side["status"] for name, side in self.record["sides"].items()}


def _copy(folder: Path) -> Project:
    shutil.copytree(PROJECT, folder / "tiny", ignore=shutil.ignore_patterns("__pycache__", ".changeover"))
    return Project(folder / "tiny")


@pytest.fixture
def tiny(tmp_path: Path) -> Project:
    return _copy(tmp_path)


@pytest.fixture(scope="session")
def happy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, subprocess.CompletedProcess[str]]:
    project = _copy(tmp_path_factory.mktemp("happy"))
    return project, project.run("--phase", "1", "--json")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the empty database of a new server is kept."""
    return tmp_path_factory.mktemp("cache") / "changeover" / f"prefect-{version('prefect')}.db"


@pytest.fixture(scope="package")
def api(tmp_path_factory: pytest.TempPathFactory, empty_database: Path):
    """The address of a Prefect API of the user's own; its server found a broken empty database."""
    project = _copy(tmp_path_factory.mktemp("server"))
    plan = make_plan(load(project.root), years=[2025])
    for side in plan.sides:
        side.make()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(empty_database.parent.parent))
        empty_database.parent.mkdir()
        empty_database.write_text("no database at all")
        running = server.start(plan, time.sleep)
    yield running.url
    running.end()


def wait_for(true: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def noted():
    """Hands a row over to the fault table: `noted(fault, side, project, finished process)`."""
    write = os.environ.get("CHANGEOVER_WRITE_FAULTS") == "1"

    def note(fault: str, side: str, project: Project, done: Any, **more: Any) -> None:
        if "recorded" in more:
            row = {
                "fault": fault,
                "side": side,
                "other": "–",
                "lost": "nothing",
                "exit": done.returncode,
                **more,
            }
        else:
            row = fault_table.observed(project.record, fault, side, done.returncode, **more)
        fault_table.check(row, write)

    return note


@pytest.fixture
def waiting():
    return wait_for
