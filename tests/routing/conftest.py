"""One Prefect server and one small shop for all tests of bridges, proxies and routing."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from migrate.config import load
from shims import server
from shims.run_plan import make_plan

SHOP = Path(__file__).parent / "projects" / "shop"


def copy_of(project: Path, folder: Path) -> Path:
    """A copy of a project that a test may write into."""
    ignored = shutil.ignore_patterns("__pycache__", ".changeover", "target" if project.name == "dbt" else "")
    shutil.copytree(project, folder, ignore=ignored)
    return folder


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop, with its store and the homes of both orchestrators in folders of the test's own."""
    root = copy_of(SHOP, tmp_path / "shop")
    monkeypatch.setenv("SHOP", str(tmp_path / "store"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    monkeypatch.setenv("CHANGEOVER_CONFIG", str(root / "migration.toml"))
    return root


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory):
    """The address of a real Prefect server."""
    root = copy_of(SHOP, tmp_path_factory.mktemp("server") / "shop")
    plan = make_plan(load(root), years=[2025])
    for side in plan.sides:
        side.make()
    running = server.start(plan, time.sleep)
    yield running.url
    running.end()


@pytest.fixture
def long() -> None:
    """For what takes minutes of CPU: part of `make path`, not of every run."""
    if not os.environ.get("CHANGEOVER_LONG"):
        pytest.skip("minutes of CPU time: run by `make path`")
