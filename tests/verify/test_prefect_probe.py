"""What the probe makes of the less usual ways of wiring a flow. Every task would raise if it ran."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shims.handed import handed

PROJECT = Path(__file__).parent / "projects" / "patterns_new"
pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("patterns")
    out = folder / "dump.json"
    line = [sys.executable, handed("prefect_probe", folder), "--root", str(PROJECT)]
    environ = {**os.environ, "PREFECT_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [*line, "--flow", "zoo.jobs:nested", "--out", str(out)], env=environ, check=True, timeout=120
    )
    dump = json.loads(out.read_text(encoding="utf-8"))
    return {job["name"]: job for job in dump["jobs"]} | {"": dump}


def deps(job: dict[str, Any]) -> dict[str, list[str]]:
    assert job["untraced"] is None
    return {step["name"]: step["deps"] for step in job["steps"]}


def after(job: dict[str, Any], name: str) -> list[str]:
    return next(step["after"] for step in job["steps"] if step["name"] == name)


def test_a_subflow_is_looked_into(jobs):
    assert deps(jobs["nested"]) == {"start": [], "inner.double": ["start"], "last": ["inner.double"]}
    assert next(s for s in jobs["nested"]["steps"] if s["name"] == "last")["retries"]["delays"] == [1, 2, 2]
    assert jobs["inner"]["nested"] is True


def test_a_direct_call_ends_before_the_next_line_starts(jobs):
    job = jobs["called-directly"]
    assert deps(job) == {"start": [], "double": ["start"], "afterwards": []}
    assert after(job, "afterwards") == ["double", "start"]


def test_mapped_tasks_and_waiting_for_them(jobs):
    assert deps(jobs["mapped"]) == {"start": [], "double": ["start"], "collect": ["double"]}


def test_both_branches_are_taken(jobs):
    assert deps(jobs["branching"]) == {"start": [], "many": ["start"], "few": ["start"]}


def test_coroutines(jobs):
    assert deps(jobs["in-the-background"]) == {"fetch": [], "double": ["fetch"], "again": ["double"]}


def test_an_edge_leads_through_tasks_that_make_no_asset(jobs):
    assets = {a["key"]: a["deps"] for a in jobs[""]["assets"]}
    assert assets == {"above": [], "below": ["above"]}
    assert jobs[""]["wiring"] == []


def test_a_body_that_raises_is_recorded_with_its_place(jobs):
    problem = jobs["of-the-other-partition"]["untraced"]
    assert (problem["file"], problem["line"]) == ("zoo/jobs.py", 82)
    assert problem["cause"] == "ValueError: no x"
