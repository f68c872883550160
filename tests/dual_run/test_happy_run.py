"""One real dual run that goes well, looked at from all sides."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from migrate.config import load
from migrate.files import digest_tree
from shims import freeze
from shims.prechecks import only_run, port_is_free
from shims.processes import stragglers
from shims.run_plan import make_plan
from shims.run_record import schema

pytestmark = pytest.mark.real
PROJECT = Path(__file__).parent / "projects" / "tiny"


def test_both_sides_succeed_by_what_they_wrote(happy):
    project, done = happy
    assert done.returncode == 0, done.stderr
    record = project.record
    for side in record["sides"].values():
        assert (side["status"], side["reason"], side["exit"]) == ("succeeded", "", 0)
        assert side["outputs"] == [
            {"table": "headcount", "rows": 1, "years": {"2025": 1}},
            {"table": "pay", "rows": 3, "years": {"2025": 3}},
        ]
        assert [year["status"] for year in side["years"]] == ["succeeded"]
        assert side["cpu_seconds"] > 0.5
        assert side["max_rss_bytes"] > 30e6
        assert side["input_sha256"] == side["input_sha256_after"] == record["input"]["sha256"]
        assert len(side["database_sha256"]) == 64
    assert record["sides"]["prefect"]["server_cpu_seconds"] > 1
    assert record["sides"]["dagster"]["server_cpu_seconds"] == 0


def test_run_json_is_what_its_schema_says(happy):
    jsonschema.validate(happy[0].record, schema())
    broken = {**happy[0].record, "sides": {"dagster": happy[0].record["sides"]["dagster"]}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema())


def test_both_sides_report_the_same_verdicts(happy):
    sides = happy[0].record["sides"]
    dagster, prefect = (
        {(c["year"], c["asset"], c["check"], c["passed"], c["severity"]) for c in sides[name]["checks"]}
        for name in ("dagster", "prefect")
    )
    assert dagster == prefect
    assert dagster == {
        (2025, "headcount", "somebody_is_here", True, "ERROR"),
        (2025, "pay", "everybody_is_rich", False, "WARN"),
    }


def test_the_year_parameter_is_proved_on_a_copy(happy):
    project, _ = happy
    proof = project.record["parameters"]
    assert proof["other_year"] == {
        "year": 2026,
        "status": "succeeded",
        "rows": 4,
        "differs": True,
        "reason": "",
    }
    assert proof["impossible_year"]["refused"]
    assert proof["impossible_year"]["unchanged"]
    assert "2025" in proof["impossible_year"]["message"]


def test_standard_output_is_one_json_object(happy):
    project, done = happy
    summary = json.loads(done.stdout)
    assert Path(summary["run"]) == project.folder / "run.json"
    assert summary["sides"]["prefect"]["tables"] == 2
    assert summary["cpu_ratio"] > 0


def test_the_ledger_tells_the_whole_story(happy):
    records = happy[0].ledger
    assert [records[0].what, records[-1].what] == ["start", "end"]
    for side in ("dagster", "prefect"):
        told = [r.what for r in records if r.side == side]
        story = ["frozen", "started", "exit", "started", "side_started", "year_started", "step_started"]
        story += ["step_finished", "check", "year_finished", "side_finished", "exit", "judged"]
        rest = iter(told)
        assert all(what in rest for what in story), told
        logs = [name for r in records if r.side == side and r.what == "started" for name in r.facts["logs"]]
        assert all((happy[0].folder / side / "logs" / name).exists() for name in logs)
        steps = [r for r in records if r.side == side and r.what == "step_finished"]
        assert {r.facts["step"] for r in steps} >= {"headcount", "pay"}
        assert all(r.facts["seconds"] >= 0 and r.facts["run_id"] for r in steps)
    assert next(r for r in records if r.what == "server_ended").facts["cpu_seconds"] > 1


def test_the_source_is_as_it_was(happy):
    names = ["legacy", "target", "data"]
    assert freeze.fingerprint(happy[0].root, names) == freeze.fingerprint(PROJECT, names)
    assert happy[0].record["code"]["dagster"] == digest_tree(PROJECT / "legacy")


def test_the_sides_share_nothing(happy):
    project, _ = happy
    inodes = [
        {path.stat().st_ino for path in (project.folder / side).rglob("*")} for side in ("dagster", "prefect")
    ]
    assert inodes[0]
    assert not inodes[0] & inodes[1]
    plan = make_plan(load(project.root), years=[2025])
    ours = [{k: v for k, v in side.environment.items() if plan.run_id in v} for side in plan.sides]
    assert set(ours[0].values()) & set(ours[1].values()) == {plan.run_id}
    assert {"HOME", "TMPDIR", "PYTHONPATH", "PLAN_DB", "PLAN_CENSUS"} <= ours[0].keys() & ours[1].keys()
    assert "DAGSTER_HOME" in ours[0]
    assert "PREFECT_HOME" in ours[1]


def test_the_runs_carry_the_tag_in_both_orchestrators(happy):
    folder = happy[0].folder
    with sqlite3.connect(folder / "dagster/home/dagster/history/runs.db") as runs:
        tags = runs.execute("select value from run_tags where key = 'changeover.dual_run'").fetchall()
        partitions = runs.execute("select value from run_tags where key = 'dagster/partition'").fetchall()
    assert tags == [(folder.name,)]
    assert partitions == [("2025",)]
    with sqlite3.connect(folder / "prefect/server/prefect.db") as runs:
        labels = [json.loads(row[0]) for row in runs.execute("select tags from flow_run")]
        states = runs.execute("select name, state_type from task_run").fetchall()
    assert len(labels) == 3  # the year, and two of the proof
    assert all(f"changeover.dual_run={folder.name}" in label for label in labels)
    assert len(states) == 8
    assert {state for _, state in states} == {"COMPLETED"}


def test_nothing_is_left_behind(happy):
    project, _ = happy
    assert stragglers(project.folder.name) == []
    (url,) = (r.facts["url"] for r in project.ledger if r.what == "server")
    assert port_is_free(int(url.split(":")[2].removesuffix("/api")))
    with only_run(project.root / ".changeover", "next"):
        pass
    assert not (project.root / ".changeover" / "dual-run.lock").exists()
