"""The small finished migration of the gate's tests, with routes, for commands on pages."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

GATE = Path(__file__).parents[1] / "gate" / "conftest.py"


def _gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate_of_docs", GATE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


finished = _gate().finished


@pytest.fixture
def finished_copy(finished: Path, tmp_path: Path) -> Path:
    """It, to type commands in, with a green gate, and a database that somebody changed."""
    import shutil

    root = tmp_path / "tiny"
    shutil.copytree(finished, root)
    asset = {"key": "pay", "group": "plan", "deps": [], "loads": [], "step": "", "store": ""}
    run = json.loads(next(root.glob(".changeover/runs/*/run.json")).read_text())
    graph = {"schema": 1, "legacy_sha256": run["code"]["dagster"], "assets": [asset], "schedules": []}
    (root / ".changeover" / "graph.json").write_text(json.dumps(graph))
    shutil.copy(next(root.glob(".changeover/runs/*/prefect/out/*.duckdb")), root / "changed.duckdb")
    with duckdb.connect(str(root / "changed.duckdb")) as connection:
        connection.execute("update fct_pay set pay = pay + 1 where employee = 'E1'")
    return root
