"""What nobody asked for is neither green nor red; causes stand before what follows from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

import click
import pytest

from migrate.config import load
from validation import gate_text, job_summary, junit, report_build, report_markdown
from validation.decision import to_json

if TYPE_CHECKING:
    from conftest import Project

IDLE = {"in-a-row", "self-test", "shadow", "deliverables"}


@pytest.fixture(scope="module")
def decided(signed: Path) -> dict[str, Any]:
    """gate.json of a healthy migration whose phase asks for little."""
    found: dict[str, Any] = json.loads(next(signed.rglob("gate.json")).read_text())
    return found


def test_gate_json_and_terminal_say_not_asked(decided: dict[str, Any]) -> None:
    assert {g["name"] for g in decided["gates"] if not g["asked"]} == IDLE
    lines = {" ".join(click.unstyle(line).split()) for line in gate_text.lines(decided)}
    assert {f"– not asked {name}" for name in IDLE} <= lines
    assert any("not asked for by this phase" in f and "shadow" in f for f in decided["findings"])
    assert "corrupted data" in "".join(decided["findings"])


def test_junit_skips_and_the_summary_names_it(decided: dict[str, Any]) -> None:
    root = Xml.fromstring(junit.render(decided).encode())
    skipped = {c.get("classname") for c in root.iter("testcase") if c.find("skipped") is not None}
    assert {f"gate.{name}" for name in IDLE} <= skipped
    assert int(root.get("skipped") or 0) == sum(int(s.get("skipped") or 0) for s in root) >= len(IDLE)
    page = job_summary.render(decided)
    assert all(f"| {name} | – not asked |" in page for name in IDLE)


def test_the_report_lists_it_and_shows_no_tick(signed: Path) -> None:
    report = report_build.build(load(signed / "migration.toml"), "1")
    assert {g.name for g in report.gates if g.verdict == "not asked"} == IDLE
    assert {text.partition(":")[0] for text in report.not_asked} >= IDLE
    assert "deliverables" in report.not_asked, "not `deliverables: deliverables`"
    assert "| – | dual runs |" in report_markdown.render(report)
    page = next(signed.rglob("report.html")).read_text()
    assert "Not asked for" in page
    assert "✓ shadow" not in page


def test_a_gate_that_is_asked_for_is_no_longer_left_out(project: Project) -> None:
    text = project.config.read_text()
    project.config.write_text(text.replace("cpu_ratio", "dual_runs_in_a_row = 2\ncpu_ratio"))
    found = {g["name"]: g for g in to_json(project.decide())["gates"]}
    assert (found["in-a-row"]["asked"], found["in-a-row"]["green"]) == (True, False)


def test_red_tables_are_one_cause_and_its_consequences(project: Project) -> None:
    (project.root / "lineage.json").write_text(
        json.dumps({"fct_pay": ["seed_rates"], "fct_headcount": ["fct_pay"], "seed_rates": []})
    )
    text = project.config.read_text()
    year = 'year_column = "simulation_year"'
    project.config.write_text(text.replace(year, f'{year}\nlineage = "lineage.json"'))
    project.sql("prefect", "update seed_rates set rate = 9 where level = 2")
    project.sql("prefect", "update fct_pay set pay = 9 where employee = 'E7'")
    project.sql("prefect", "update fct_headcount set people = 9")
    decision = project.decide()
    written = to_json(decision)
    follows = {r["subject"]: r["follows"] for r in written["reasons"] if r["gate"] == "parity"}
    assert follows["seed_rates/all"] == []
    assert follows["fct_pay/2025"] == follows["fct_headcount/2026"] == ["seed_rates"]
    printed = "\n".join(gate_text.reasons(gate_text.folded(written["reasons"])))
    assert printed.count("parity") == 2
    assert "2 consequences" in printed
    assert "fct_headcount, fct_pay differ because seed_rates does" in printed
    report = report_build.build(load(project.config), "1")
    assert [r.subject for r in report.reasons if r.gate == "parity"] == ["seed_rates/all", "2 consequences"]
    assert "2 consequences" in job_summary.render(written)
    assert any(e["path"] == "lineage.json" for e in written["evidence"])


def test_a_failure_that_the_baseline_knows_is_told_as_such(project: Project) -> None:
    def fail(run: dict[str, Any]) -> None:
        for side in run["sides"].values():
            for check in side["checks"]:
                check["passed"] = check["check"] != "pay_is_plausible"
        known = {"kind": "check", "asset": "fct_pay", "name": "pay_is_plausible", "years": [2025]}
        run["baseline"] = {"status": "succeeded", "finished": "", "stale": "", "known_failures": [known]}

    project.edit("run", fail)
    decision = project.decide()
    details = {j.fact.subject: j.fact.detail for j in decision.judged if j.fact.gate == "checks"}
    assert details["fct_pay:pay_is_plausible 2025"] == "known to fail on the legacy alone (baseline)"
    assert details["fct_pay:pay_is_plausible 2026"] == ""
    assert any("2 of them known from the baseline" in f for f in decision.findings)


@pytest.mark.parametrize(
    ("run_by_job", "silent", "state"),
    [(0, ("dagster", "prefect"), "not asked"), (2, ("dagster", "prefect"), "red"), (0, ("prefect",), "red")],
    ids=["a job of ops runs none", "a job that runs some is silent", "one side has verdicts after all"],
)
def test_a_job_that_runs_no_check_is_not_asked_for_verdicts(
    project: Project, run_by_job: int, silent: tuple[str, ...], state: str
) -> None:
    """Checks are declared in the project, and `simulate_year` is the job that is judged."""
    project.edit("equivalence", lambda found: found.update(job_checks={"simulate_year": run_by_job}))
    project.edit("run", lambda run: [run["sides"][side].update(checks=[]) for side in silent])
    (checks,) = [gate for gate in to_json(project.decide())["gates"] if gate["name"] == "checks"]
    assert ("not asked" if not checks["asked"] else "green" if checks["green"] else "red") == state
