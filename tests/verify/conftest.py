"""A small shop in Dagster, the same shop in Prefect, and copies of the latter with one thing broken."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shims.handed import handed

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # broken_targets.py
ROOT = HERE.parents[1]
PROJECTS = HERE / "projects"
Edits = list[tuple[str, str, str]]
MIGRATE = str(Path(sys.executable).with_name("migrate"))


def make_shop(folder: Path) -> Path:
    """Both projects and migration.toml below `folder`; returns it."""
    shutil.copytree(PROJECTS, folder)
    support = folder / "new" / "prefect_support"
    shutil.copytree(ROOT / "migrate" / "support", support)
    (support / "__init__.py").touch()
    return folder


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PREFECT_HOME": str(folder / "prefect-home"),
        "HOME": str(folder),
        "SHOP_DB": "shop.duckdb",
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
    }


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop of one's own, with migration.toml."""
    return make_shop(tmp_path / "shop")


@pytest.fixture
def run_verify():
    """Run `migrate verify` in a folder: (exit code, standard output, standard error)."""

    def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [MIGRATE, "verify", *arguments],
            cwd=folder,
            env=environment(folder.parent),
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture(scope="session")
def dagster_dump(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the real Dagster project deploys, as the probe saw it."""
    folder = tmp_path_factory.mktemp("dagster")
    out = folder / "dump.json"
    line = [sys.executable, handed("dagster_probe", folder), "--root", str(PROJECTS / "old")]
    line += ["--module", "shop.definitions", "--out", str(out)]
    environ = {**environment(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(line, env=environ, check=True, timeout=120)
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def probe_targets(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, Edits]], dict[str, Any]]:
    """Name → edits (file, old text, new text) of the target, in; name → the real probe's dump, out."""

    def probe(cases: dict[str, Edits]) -> dict[str, Any]:
        folder = tmp_path_factory.mktemp("targets")
        whole = make_shop(folder / "whole") / "new"
        for name, edits in cases.items():
            shutil.copytree(whole, folder / name)
            for file, old, new in edits:
                edit(folder / name / file, old, new)
        roots = [str(folder / name) for name in cases]
        line = [sys.executable, str(HERE / "probe_many.py"), "shop.jobs:refresh", str(folder)]
        subprocess.run([*line, *roots], env=environment(folder), check=True, timeout=300)
        return {n: json.loads((folder / f"{n}.json").read_text(encoding="utf-8")) for n in cases}

    return probe


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
