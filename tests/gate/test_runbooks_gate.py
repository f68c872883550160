"""The runbooks of gates and routes: each command on the page, typed against the fault the page is about."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from docsite.blocks import Block, shell

RUNBOOKS = Path(__file__).parents[2] / "docs" / "runbooks"
ASSET = {"group": "plan", "deps": [], "loads": [], "step": "", "store": ""}
WAIVER = """
[[waivers]]
gate = "parity"
output = "fct_pay"
owner = "Ada Lovelace"
reason = "rounded by the old engine"
expires = {day}
"""


@pytest.fixture
def type_in(project, typed):
    def run(block: Block) -> str:
        done = typed(block.text, project.root)
        assert done.returncode == block.exit_code, (block.place, done.stdout[-1500:], done.stderr[-1500:])
        return done.stdout + done.stderr

    return run


@pytest.fixture
def routed(project):
    """Everything runs under Prefect."""
    assets = [{"key": key, **ASSET} for key in ("pay", "headcount")]
    graph = {"schema": 1, "legacy_sha256": "", "assets": assets, "schedules": []}
    (project.root / ".changeover" / "graph.json").write_text(json.dumps(graph))
    (project.root / "routing.toml").write_text('schema = 1\n\n[routes]\n"*" = "prefect"\n')
    return project


def test_a_corrupt_database_file(project, type_in):
    which, restore, decide = shell(RUNBOOKS / "corrupt-database.md")
    database = project.run / "prefect" / "out" / "tiny.duckdb"
    kept = project.run / "prefect" / "kept" / "2026"
    kept.mkdir(parents=True)
    shutil.copy(database, kept)
    database.write_bytes(b"\0" * 5000)
    assert "tiny.duckdb" in type_in(which)
    type_in(restore)
    type_in(decide)


def test_parity_red_after_a_release(routed, type_in):
    gate, parity, rollback = shell(RUNBOOKS / "parity-red.md")
    routed.sql("prefect", "update fct_pay set pay = pay + 1 where employee = 'E1'")
    assert "fct_pay" in type_in(gate)
    assert "fct_pay" in type_in(parity)
    type_in(rollback)
    assert '"*" = "shadow"' in (routed.root / "routing.toml").read_text()


def test_rollback_under_pressure(routed, type_in):
    at_once, not_at_all, look = shell(RUNBOOKS / "rollback.md")
    type_in(at_once)
    type_in(not_at_all)
    said = type_in(look)
    assert '"*" = "dagster"' in said
    assert "board pack" in said


def test_an_expired_waiver(project, type_in):
    which, decide = shell(RUNBOOKS / "expired-waiver.md")
    today = dt.datetime.now(dt.UTC).date()
    project.sql("prefect", "update fct_pay set pay = pay + 1 where employee = 'E1'")
    project.settings(WAIVER.format(day=today - dt.timedelta(days=30)))
    said = type_in(which)
    assert "Ada Lovelace" in said
    assert "expired" in said
    project.settings(WAIVER.format(day=today + dt.timedelta(days=30)))
    type_in(decide)
