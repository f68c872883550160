"""A factory whose calls stand in a file that does not mention Dagster: each call says its own group."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert

STAGES = """from dagster import asset


def stage(config: dict):
    prefix = config["name"].lower()

    @asset(name=f"{prefix}_read", group_name=config["group"], kinds={"python"})
    def read() -> int:
        return 1

    @asset(name=f"{prefix}_kept", group_name=config.get("group"), deps=[f"{prefix}_read"])
    def kept() -> int:
        return 2

    return {"read": read, "kept": kept}
"""
CALLS = """from stages import stage

one = stage({"name": "One", "group": "first"})
two = stage({"name": "Two", "group": "second"})
one_read, one_kept = one["read"], one["kept"]
two_read, two_kept = two["read"], two["kept"]
"""
WITHOUT = CALLS.replace(', "group": "second"', "")
DEFINITIONS = """from calls import one_kept, one_read, two_kept, two_read
from dagster import Definitions

defs = Definitions(assets=[one_read, one_kept, two_read, two_kept])
"""
DAGSTER = """
import json
from definitions import defs
specs = [spec for asset in defs.assets for spec in asset.specs]
print(json.dumps({spec.key.to_user_string(): spec.group_name for spec in specs}))
"""
PREFECT = """
import json
import calls
tasks = [calls.one_read, calls.one_kept, calls.two_read, calls.two_kept]
said = {t.assets[0].key[8:]: [tag for tag in t.tags if tag.startswith("group:")] for t in tasks}
print(json.dumps({key: groups[0].removeprefix("group:") for key, groups in said.items()}))
"""


def _project(folder: Path, calls: str) -> Path:
    folder.mkdir()
    for name, text in (("stages", STAGES), ("calls", calls), ("definitions", DEFINITIONS)):
        (folder / f"{name}.py").write_text(text)
    return folder


def _said(folder: Path, code: str) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "DAGSTER_DISABLE_TELEMETRY": "yes"}
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, env=environment, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.real
def test_each_call_has_the_group_that_dagster_loads(tmp_path: Path) -> None:
    legacy, target = _project(tmp_path / "legacy", CALLS), tmp_path / "target"
    result = convert(legacy)
    assert "manual" not in result.summary
    for path, data in result.files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    assert _said(target, PREFECT) == _said(legacy, DAGSTER)
    assert set(_said(target, PREFECT).values()) == {"first", "second"}


def test_a_call_without_a_group_makes_assets_without_one(tmp_path: Path) -> None:
    result = convert(_project(tmp_path / "legacy", WITHOUT))
    assert "manual" not in result.summary
    made = result.files["calls.py"].decode().split("@materialize(")[1:]
    of_one, of_two = made[:2], made[2:]
    assert all('"group:first"' in task and "asset://one_" in task for task in of_one)
    assert all("group:" not in task and "asset://two_" in task for task in of_two)
    assert len(of_two) == 2
