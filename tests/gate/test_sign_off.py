"""The report tells the verdict of the gate and no prettier one, and it notices every later edit."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner

from validation.commands.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

SCHEMAS = Path(__file__).parents[2] / "validation" / "schemas"


def write(project: Project) -> tuple[int, dict[str, Any], str]:
    """Sign off: the exit code, report.json and report.html."""
    done = CliRunner().invoke(
        sign_off, ["--phase", "1", "--config", str(project.config)], standalone_mode=False
    )
    if done.exception:
        raise done.exception
    folder = project.root / ".changeover" / "sign-off" / "phase-1"
    report = json.loads((folder / "report.json").read_text())
    jsonschema.validate(report, json.loads((SCHEMAS / "report.schema.json").read_text()))
    return done.return_value, report, (folder / "report.html").read_text()


def verify(project: Project) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(
        sign_off,
        ["verify", "--phase", "1", "--json", "--config", str(project.config)],
        standalone_mode=False,
    )
    if done.exception:
        raise done.exception
    return done.return_value, json.loads(done.output)


def test_a_green_gate_gives_a_green_report_that_stands_alone(report: Project) -> None:
    code, found, page = write(report)
    assert (code, found["verdict"], found["reasons"]) == (0, "green", [])
    assert page.startswith("<!doctype html>")
    assert page.index("Green") < page.index("<nav")  # the verdict is in the first screen
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import|<script|https?://", page)
    assert str(report.root) not in page + json.dumps(found)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_the_report_shows_every_part(report: Project) -> None:
    _, found, page = write(report)
    parts = re.findall(r'<section id="(\w+)">', page)
    assert parts == [
        "migrated",
        "lost",
        "parity",
        "tables",
        "graph",
        "checks",
        "year",
        "selftest",
        "cost",
        "handed",
        "waivers",
        "risks",
        "evidence",
        "approvals",
    ]
    for row in found["parity"]:
        assert f'<th scope="row">{row["table"]}</th>' in page
    assert len(re.findall(r'<td class="cell (?:good|nothing)"', page)) == 7
    assert not re.search(r'<td class="cell (?:bad|waived)"', page)
    assert "polls every minute" in page  # the consequence of what was adapted
    assert found["dispositions"] == {"converted": 2, "adapted": 1, "undeployed": 1}
    assert found["benchmark"]["cpu_ratio"] == pytest.approx(11 / 23)
    assert found["benchmark"]["cpu_ratio_with_server"] == pytest.approx(15 / 23)
    for entry in found["evidence"]:
        assert entry["path"] in page
        assert entry["sha256"] in page


def test_text_of_the_project_cannot_break_out_of_the_page(project: Project) -> None:
    project.edit("conversion", lambda found: found["constructs"][2].update(note="<script>alert(1)</script>"))
    _, _, page = write(project)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_red_gate_gives_a_red_report_with_its_reasons_first(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2026")
    assert project.decide().verdict == "red"
    code, found, page = write(project)
    assert (code, found["verdict"]) == (1, "red")
    assert [(r["gate"], r["subject"]) for r in found["reasons"]] == [("parity", "fct_pay/2026")]
    assert "must not be signed" in page[: page.index("<nav")]
    assert "fct_pay/2026" in page[: page.index("<nav")]
    assert '<td class="cell bad"' in page


def test_without_a_gate_the_report_is_red(project: Project) -> None:
    code, found, _ = write(project)
    assert (code, found["verdict"]) == (1, "red")
    assert "has not decided" in found["reasons"][0]["message"]


def test_a_gate_that_cannot_say_gives_a_red_report(project: Project) -> None:
    project.edit(
        "run", lambda run: run["sides"].update(prefect={"status": "not_run", "reason": "port taken"})
    )
    assert project.decide().verdict == "cannot_say"
    code, found, page = write(project)
    assert (code, found["verdict"]) == (1, "red")
    assert "port taken" in page[: page.index("<nav")]
    assert "No comparison was made" in page


def test_without_a_dual_run_the_report_is_red(project: Project) -> None:
    shutil.rmtree(project.run)
    code, found, page = write(project)
    assert (code, found["verdict"]) == (1, "red")
    assert "no finished dual run" in found["reasons"][0]["message"]
    assert "must not be signed" in page


def _pretty(gate: dict[str, Any]) -> None:
    gate |= {"green": True, "verdict": "green", "reasons": []}


def test_a_verdict_painted_green_by_hand_is_not_believed(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7'")
    project.decide()
    project.edit("gate", _pretty)
    code, found, _ = write(project)
    assert (code, found["verdict"]) == (1, "red")
    assert any("does not follow from the facts" in r["message"] for r in found["reasons"])


def test_facts_painted_green_by_hand_are_not_believed(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7'")
    project.decide()

    def paint(gate: dict[str, Any]) -> None:
        _pretty(gate)
        for fact in gate["facts"]:
            fact |= {"passed": True, "measure": 0.0}

    project.edit("gate", paint)
    _, found, _ = write(project)
    assert any("not those of the decision" in r["message"] for r in found["reasons"])


def test_evidence_changed_between_gate_and_sign_off(report: Project) -> None:
    report.edit("equivalence", lambda found: found["counts"].update(assets=[5, 5]))
    code, found, _ = write(report)
    assert code == 1
    assert any(r["subject"] == ".changeover/equivalence.json" for r in found["reasons"])


def test_an_untouched_sign_off_is_intact(report: Project) -> None:
    assert verify(report) == (
        0,
        {
            "schema": 1,
            "phase": "1",
            "state": "intact",
            "verdict": "green",
            "standing": "open",
            "files": [],
        },
    )


@pytest.mark.parametrize("name", ["report.html", "report.json", "report.md", "report.pdf"])
def test_an_edited_report_is_tampered(report: Project, name: str) -> None:
    file = report.root / ".changeover" / "sign-off" / "phase-1" / name
    file.write_bytes(file.read_bytes().replace(b"P", b"Q", 1))
    code, found = verify(report)
    assert (code, found["state"]) == (1, "tampered")
    assert [f["path"] for f in found["files"]] == [name]


def _evidence(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["prefect"].update(cpu_seconds=1.0))


def _code(project: Project) -> None:
    (project.root / "new" / "tiny" / "jobs.py").write_text("# changed\n")


def _settings(project: Project) -> None:
    project.settings("\n# changed\n")


def _input(project: Project) -> None:
    (project.root / "data" / "census.csv").write_text("employee\n")


def _newer(project: Project) -> None:
    shutil.copytree(project.run, project.run.with_name("20260101T000000-bbbb"))


def _gone(project: Project) -> None:
    (project.run / "parity.json").unlink()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (_evidence, ".changeover/runs/20250601T120000-aaaa/run.json"),
        (_code, "new/"),
        (_settings, "migration.toml"),
        (_input, "data/census.csv"),
        (_newer, "runs/20260101T000000-bbbb"),
        (_gone, ".changeover/runs/20250601T120000-aaaa/parity.json"),
    ],
)
def test_changed_evidence_is_stale_and_named(
    report: Project, change: Callable[[Project], None], path: str
) -> None:
    change(report)
    code, found = verify(report)
    assert (code, found["state"]) == (1, "stale")
    assert path in [f["path"] for f in found["files"]]


def test_nothing_signed_is_an_error_with_a_remedy(project: Project) -> None:
    from migrate.errors import EvidenceError

    with pytest.raises(EvidenceError, match="Run `migrate sign-off --phase 1`"):
        verify(project)
