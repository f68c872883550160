"""The reference's own assessment: committed, and what the code gives today; its shape and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from migrate.assess.html import html_of
from migrate.assess.markdown import markdown_of
from migrate.assess.report import assess, plan_of
from migrate.commands.assess import assess as command
from migrate.config import load

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "assessment.md"


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The reference as a clean clone has it: what dbt or a run left behind must not change the answer."""
    copy = tmp_path_factory.mktemp("reference")
    for name in ("dagster_legacy", "dbt"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("target", "logs", "__pycache__")
        )
    shutil.copy(ROOT / "migration.toml", copy)
    return assess(copy / "dagster_legacy", load(copy))


def test_the_committed_assessment_is_what_the_code_gives(report: dict[str, Any]) -> None:
    text = markdown_of(report)
    if os.environ.get("UPDATE_FIXTURES"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, "UPDATE_FIXTURES=1 pytest tests/assess writes it again"


def test_the_published_schema_holds(report: dict[str, Any]) -> None:
    schema = json.loads((files("migrate") / "schemas" / "assessment.schema.json").read_text())
    jsonschema.validate(json.loads(json.dumps(report)), schema)


def test_every_place_is_there(report: dict[str, Any]) -> None:
    for heading in report["headings"]:
        for finding in heading["findings"]:
            for evidence in finding["evidence"]:
                inside = (
                    ROOT
                    / ("" if evidence["file"].startswith("dbt/") else "dagster_legacy")
                    / evidence["file"]
                )
                assert evidence["line"] <= len(inside.read_text(encoding="utf-8").splitlines()), evidence


def test_the_warts_of_the_reference_are_found(report: dict[str, Any]) -> None:
    found = {f["name"]: f["count"] for heading in report["headings"] for f in heading["findings"]}
    for wart in ("undeployed", "shadowed_module", "swallowed_error", "year_cycle", "different_vars"):
        assert found.get(wart), wart


def test_the_plan_begins_with_what_hides_the_rest(report: dict[str, Any]) -> None:
    weights = [finding["weight"] for finding in plan_of(report)]
    assert weights == sorted(weights, key=["fix first", "condition", "note"].index)


def test_leaves_move_first_and_everything_moves_once(report: dict[str, Any]) -> None:
    waves = {step["name"]: step["wave"] for step in report["order"]}
    for step in report["order"]:
        assert all(waves[need] > step["wave"] for need in step["needs"] if need in waves)
    made = [key for step in report["order"] for key in step["makes"]]
    assert len(made) == len(set(made)) == 92


def test_the_page_needs_nothing_else(report: dict[str, Any]) -> None:
    page = html_of(report)
    assert "prefers-color-scheme:dark" in page
    assert "src=" not in page
    assert "href=" not in page
    assert "@import" not in page


def test_exit_codes() -> None:
    runner = CliRunner()
    held = runner.invoke(
        command, [str(ROOT / "tests" / "lineage" / "shop"), "--fix-first"], standalone_mode=False
    )
    assert held.return_value == 0
    assert "do: " in held.output
    nothing = subprocess.run(
        [Path(sys.executable).with_name("migrate"), "assess", "no-such-folder"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert nothing.returncode == 2
    assert "Traceback" not in nothing.stderr
