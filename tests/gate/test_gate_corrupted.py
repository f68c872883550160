"""The gate `checks` reads what `migrate verify --checks` found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from migrate import files, verdicts
from migrate.workspace import read_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

DAGSTER = {
    "checks": [
        {"asset": "fct_pay", "check": "not_null_employee", "kind": "dbt", "test": "not_null", "why_not": ""},
        {"asset": "fct_pay", "check": "pay_is_plausible", "kind": "python", "test": "", "why_not": ""},
    ],
    "rounds": [
        {
            "title": "the data as it is",
            "changes": [],
            "verdicts": {"fct_pay:not_null_employee": "passed", "fct_pay:pay_is_plausible": "passed"},
        },
        {
            "title": "dbt tests, attempt 1",
            "changes": [{"table": "main.fct_pay", "mutation": "one NULL in employee", "statements": []}],
            "verdicts": {
                "fct_pay:not_null_employee": "failed, error",
                "fct_pay:pay_is_plausible": "failed, warn",
            },
        },
    ],
}


def written(project: Project, change: Callable[[dict[str, Any]], None] = lambda _: None) -> None:
    """verdicts.json as `migrate verify --checks` writes it, after a change of Prefect's answers."""
    answers = {"rounds": [dict(r, verdicts=dict(r["verdicts"])) for r in DAGSTER["rounds"]]}
    change(answers)
    then = read_json(project.root / ".changeover" / "equivalence.json")
    digests = {name: then[name] for name in ("legacy_sha256", "target_sha256")}
    found = verdicts.compare(DAGSTER, answers)
    file = project.root / ".changeover" / "verdicts.json"
    files.write_json(file, found.as_json(run="r", data_sha256="0" * 64, **digests))


def reasons(project: Project) -> list[str]:
    return [
        f"{j.fact.gate}: {j.fact.subject}: {j.fact.message}" for j in project.decide().judged if not j.passed
    ]


def test_equal_verdicts_are_green_and_among_the_evidence(project: Project) -> None:
    written(project)
    decision = project.decide()
    assert decision.verdict == "green", reasons(project)
    facts = [j.fact for j in decision.judged if j.fact.subject == "corrupted data"]
    assert [f.observed for f in facts] == ["2 checks alike on both, 0 different, 0 not proved"]
    named = [e["path"] for e in read_json(project.run / "gate.json")["evidence"]]
    assert ".changeover/verdicts.json" in named


def test_a_check_that_passes_where_dagsters_fails(project: Project) -> None:
    def lazy(answers: dict[str, Any]) -> None:
        answers["rounds"][1]["verdicts"]["fct_pay:not_null_employee"] = "passed"

    written(project, lazy)
    (reason,) = reasons(project)
    assert reason.startswith("checks: corrupted data:")
    assert "fct_pay:not_null_employee: dbt tests, attempt 1: Dagster failed, error, Prefect passed" in reason


def test_a_severity_that_is_another(project: Project) -> None:
    def louder(answers: dict[str, Any]) -> None:
        answers["rounds"][1]["verdicts"]["fct_pay:pay_is_plausible"] = "failed, error"

    written(project, louder)
    assert len(reasons(project)) == 1


def test_a_check_without_a_verdict_in_prefect(project: Project) -> None:
    written(project, lambda answers: answers["rounds"][1]["verdicts"].pop("fct_pay:pay_is_plausible"))
    assert "Prefect None" in reasons(project)[0]


def test_a_corruption_that_was_not_repeated(project: Project) -> None:
    written(
        project, lambda answers: answers["rounds"][1].update(failed_changes=["main.fct_pay: no such column"])
    )
    assert "no such column" in reasons(project)[0]


def test_a_check_that_nothing_flips_is_told_and_is_no_failure(project: Project) -> None:
    rounds = DAGSTER["rounds"]
    always = {**DAGSTER, "rounds": [rounds[0], {**rounds[1], "verdicts": dict(rounds[0]["verdicts"])}]}
    found = verdicts.compare(always, {"rounds": always["rounds"]})
    assert found.summary == {"not flipped": 2}
    assert found.equal


def test_changed_code_makes_it_stale(project: Project) -> None:
    written(project)
    file = project.root / ".changeover" / "verdicts.json"
    files.write_json(file, read_json(file) | {"target_sha256": "f" * 64})
    assert any("changed since `migrate verify --checks`" in reason for reason in reasons(project))


def test_a_phase_that_asks_for_it_is_not_green_without(project: Project) -> None:
    text = project.config.read_text().replace(
        "expect_tables = 4", "expect_tables = 4\ncorrupted_checks = true"
    )
    project.config.write_text(text)
    assert any("run `migrate verify --checks`" in reason for reason in reasons(project))
    written(project)
    assert project.decide().verdict == "green"


def test_nothing_compared_is_not_equal() -> None:
    nothing = {"checks": [], "rounds": [{"title": "", "changes": [], "verdicts": {}}]}
    assert not verdicts.compare(nothing, nothing).equal


@pytest.mark.parametrize("text", ["{}", "not json"])
def test_an_unreadable_file_is_not_green(project: Project, text: str) -> None:
    (project.root / ".changeover" / "verdicts.json").write_text(text)
    assert project.decide().verdict != "green"
