"""Files that never mention Dagster, and call what makes assets and sensors: written out like all others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.corpus import examine
from shims.corpus import graphs

SETTINGS = """
[project]
name = "shop"
[tool.dagster]
module_name = "shop.definitions"
"""
FEEDS = """from dagster import AssetIn, RunRequest, asset, define_asset_job, sensor


def feed(key: list[str], group: str | None = None, extra: list[str] | None = None, size: int = 1):
    if group is None:
        group = key[0]
    if extra is None:
        extra = []
    if size > 1:
        kind = "large"
    else:
        kind = "small"

    @asset(key=key, group_name=group, tags={"size": kind})
    def read():
        return [group, *extra, kind]

    @asset(name=f"{key[0]}_count", ins={"rows": AssetIn(key=key)}, group_name=group)
    def count(rows):
        return len(rows)

    return read, count


def watched(name: str, wanted: str):
    job = define_asset_job(f"{name}_job", selection=[wanted])

    @sensor(name=f"{name}_sensor", job=job)
    def look():
        yield RunRequest(run_key=name)

    return job, look
"""
BETWEEN = """from shop.feeds import feed


def feeds_of(area: str, size: int, extra: list[str] | None = None):
    return feed([area, "rows"], extra=extra, size=size)
"""
CALLS = """from shop.between import feeds_of
from shop.feeds import feed, watched

north, north_count = feeds_of("north", 5)
x, x_count = feed(["x", "rows"], "others", ["more"])
north_job, north_sensor = watched("north", "north_count")
"""
DEFINITIONS = """from dagster import Definitions

from shop.calls import north, north_count, north_job, north_sensor, x, x_count

defs = Definitions(assets=[north, north_count, x, x_count], jobs=[north_job], sensors=[north_sensor])
"""
RUN_DAGSTER = """
import json
from dagster import DagsterInstance, materialize
from shop.calls import north, north_count, x, x_count
done = materialize([north, north_count, x, x_count], instance=DagsterInstance.ephemeral())
print(json.dumps({"/".join(k): done.asset_value(list(k)) for k in
    [("north", "rows"), ("north_count",), ("x", "rows"), ("x_count",)]}))
"""
RUN_PREFECT = """
import json
from shop import calls
tasks = {t.assets[0].key.removeprefix("asset://"): t for t in vars(calls).values() if hasattr(t, "assets")}
made = {key: tasks[key].fn() for key in ("north/rows", "x/rows")}
made |= {f"{a}_count": tasks[f"{a}_count"].fn(made[f"{a}/rows"]) for a in ("north", "x")}
print(json.dumps(made))
"""


@pytest.fixture
def legacy(tmp_path: Path) -> Path:
    """A project with its factories in one file, and its calls in files that say nothing of Dagster."""
    (tmp_path / "legacy/shop").mkdir(parents=True)
    (tmp_path / "legacy/pyproject.toml").write_text(SETTINGS)
    files = {"__init__": "", "feeds": FEEDS, "between": BETWEEN, "calls": CALLS, "definitions": DEFINITIONS}
    for name, text in files.items():
        (tmp_path / f"legacy/shop/{name}.py").write_text(text)
    return tmp_path / "legacy"


def _told(code: str, folder: Path) -> object:
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout.splitlines()[-1])


def test_calls_are_written_out(legacy: Path) -> None:
    """Nothing is left for a person, and nothing takes a value's place that is not one."""
    result = convert(legacy)
    assert "manual" not in result.summary
    assert not result.errors
    code = result.files["shop/calls.py"].decode()
    assert 'key="asset://north/rows"' in code
    assert 'key="asset://x/rows"' in code
    assert "None =" not in code


@pytest.mark.real
def test_the_graph_is_dagsters(legacy: Path) -> None:
    """Keys, edges, groups, jobs and sensors, compared where both sides load."""
    row = examine(legacy, graphs)
    assert (row.crashes, row.broken, row.lost_keys, row.graph_faults) == ([], [], [], [])
    assert (row.graph, row.done) == ("equal", 1.0)


@pytest.mark.real
def test_what_is_made_is_what_dagster_makes(legacy: Path, tmp_path: Path) -> None:
    """A parameter that is given a value only where it has none, in a call and in another."""
    target = tmp_path / "target"
    for path, data in convert(legacy).files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    assert _told(RUN_PREFECT, target) == _told(RUN_DAGSTER, legacy)
