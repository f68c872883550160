"""Break one thing at a time: the gate turns red (or cannot say) and names what and where."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from migrate.config import load
from migrate.errors import ConfigError, EvidenceError
from migrate.files import digest_file

if TYPE_CHECKING:
    from conftest import Project

    from validation.decision import Decision


def reasons(decision: Decision) -> list[str]:
    return [f"{j.fact.gate}: {j.fact.subject}: {j.fact.message}" for j in decision.judged if not j.passed]


def red(project: Project, *words: str, alone: bool = True) -> str:
    """The one reason (or the first of several) of a red gate, which must hold all `words`."""
    decision = project.decide()
    found = reasons(decision)
    assert decision.verdict == "red", found
    matching = [reason for reason in found if all(word in reason for word in words)]
    assert matching, found
    assert len(found) == 1 or not alone, found
    return matching[0]


def test_a_changed_cell_is_named_with_table_year_column_and_both_values(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2026")
    red(project, "parity: fct_pay/2026:", "bonus", "E7", "99")


def test_a_lost_row(project: Project) -> None:
    project.sql("prefect", "delete from fct_pay where employee = 'E7' and simulation_year = 2025")
    red(project, "parity: fct_pay/2025:", "1 row only in Dagster")


def test_an_ignored_column_may_differ(project: Project) -> None:
    project.sql("prefect", "update fct_pay set loaded_at = now()")
    assert project.decide().verdict == "green"


def test_a_year_missing_on_both_sides(project: Project) -> None:
    for side in ("dagster", "prefect"):
        project.sql(side, "delete from fct_pay where simulation_year = 2026")
    red(project, "parity: fct_pay/2026:", "empty on both sides")


def test_a_table_empty_on_both_sides(project: Project) -> None:
    for side in ("dagster", "prefect"):
        project.sql(side, "delete from seed_rates")
    red(project, "parity: seed_rates/all:", "empty on both sides")


def test_a_column_of_another_type(project: Project) -> None:
    project.sql("prefect", "alter table fct_headcount alter people type integer")
    red(project, "parity: fct_headcount/all:", "people", "BIGINT", "INTEGER")


def test_a_table_on_one_side_only(project: Project) -> None:
    project.sql("prefect", "drop table seed_rates")
    red(project, "parity: seed_rates/all:", "missing in Prefect")


def test_fewer_tables_than_expected(project: Project) -> None:
    for side in ("dagster", "prefect"):
        project.sql(side, "drop table fct_headcount")
    red(project, "parity: tables:", "expected 4 tables compared; found 3")


def test_the_same_file_twice(project: Project) -> None:
    def point(run: dict[str, Any]) -> None:
        run["sides"]["prefect"] |= {k: run["sides"]["dagster"][k] for k in ("database", "database_sha256")}

    project.edit("run", point)
    red(project, "dual-run: databases apart:", "both sides name the same file", alone=False)


def test_a_copy_of_the_file(project: Project) -> None:
    shutil.copy(project.run / "dagster/out/tiny.duckdb", project.run / "prefect/out/tiny.duckdb")
    project.recorded("prefect")
    red(project, "dual-run: databases apart:", "one is a copy of the other")


def test_a_side_that_did_not_run_leaves_no_answer(project: Project) -> None:
    project.edit(
        "run", lambda run: run["sides"].update(prefect={"status": "not_run", "reason": "port taken"})
    )
    decision = project.decide()
    assert decision.verdict == "cannot_say"
    assert any("prefect: status" in r and "not run: port taken" in r for r in reasons(decision))


def test_a_side_that_failed_although_it_wrote(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["prefect"].update(status="crashed", reason="signal 9"))
    red(project, "dual-run: prefect: status:", "crashed: signal 9")


def test_a_green_run_that_wrote_nothing_in_a_year(project: Project) -> None:
    def forget(run: dict[str, Any]) -> None:
        for output in run["sides"]["prefect"]["outputs"]:
            output["years"].pop("2026", None)

    project.edit("run", forget)
    red(project, "dual-run: prefect: 2026:", "no table holds a row of this year")


def test_a_year_that_was_not_run(project: Project) -> None:
    project.edit("run", lambda run: run["years"].remove(2026))
    red(project, "dual-run: years:", "not run: 2026")


def test_another_input(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["prefect"].update(input_sha256="0" * 64))
    red(project, "dual-run: prefect: input:", "read another input")


def test_an_input_that_a_side_changed_while_it_ran(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["dagster"].update(input_sha256_after="0" * 64))
    red(project, "dual-run: dagster: input:", "changed while it ran")


def test_input_changed_since(project: Project) -> None:
    (project.root / "data" / "census.csv").write_text("employee\nE2\n")
    red(project, "dual-run: input today:", "data/census.csv: it has changed")


def test_a_database_touched_after_the_run(project: Project) -> None:
    with duckdb.connect(str(project.run / "prefect/out/tiny.duckdb")) as connection:
        connection.execute("update fct_pay set loaded_at = now()")
    red(project, "dual-run: prefect: database:", "stale evidence")


def test_code_changed_since(project: Project) -> None:
    (project.root / "old" / "tiny" / "definitions.py").write_text("# changed\n")
    decision = project.decide()
    assert decision.verdict == "red"
    stale = [r.split(":")[0] for r in reasons(decision) if "stale evidence" in r]
    assert stale == ["conversion", "equivalence", "dual-run"]


def test_a_dropped_edge(project: Project) -> None:
    def drop(found: dict[str, Any]) -> None:
        found["equal"] = False
        found["counts"]["edges"] = [3, 2]
        found["differences"] = [
            {
                "what": "edge",
                "key": "fct_pay->fct_headcount",
                "dagster": True,
                "prefect": None,
                "explained": "",
            }
        ]

    project.edit("equivalence", drop)
    red(project, "equivalence: edges:", "edge fct_pay->fct_headcount is missing in Prefect")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"counts": {"edges": [3, 2]}}, "no difference is listed"),
        ({"counts": {}}, "nothing was compared"),
        ({"equal": False}, "lists no difference"),
    ],
)
def test_an_account_of_the_graphs_that_does_not_add_up(
    project: Project, change: dict[str, Any], word: str
) -> None:
    project.edit("equivalence", lambda found: found.update(change))
    red(project, "equivalence: account:", word)


def test_a_check_dropped_on_one_side(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["prefect"]["checks"].pop())
    red(project, "checks: fct_pay:pay_is_plausible 2026:", "gave no verdict in Prefect")


def test_a_check_with_another_verdict(project: Project) -> None:
    project.edit(
        "run", lambda run: run["sides"]["dagster"]["checks"][0].update(passed=False, severity="WARN")
    )
    red(project, "checks: fct_pay:not_null_employee 2025:", "(failed, warn); found passed")


def test_no_check_on_either_side(project: Project) -> None:
    project.edit("run", lambda run: [run["sides"][s].update(checks=[]) for s in run["sides"]])
    red(project, "checks: 2025:", "a side reported none", alone=False)


def test_a_construct_left_manual(project: Project) -> None:
    def leave(found: dict[str, Any]) -> None:
        found["constructs"][0] |= {"disposition": "manual", "note": "computed name"}
        found["summary"] |= {"converted": 1, "manual": 1}

    project.edit("conversion", leave)
    red(
        project,
        "conversion: forbidden: manual:",
        "asset fct_pay at tiny/definitions.py:3 (computed name)",
        alone=False,
    )


def test_batched_calls_of_dbt_are_accepted_over_a_run_of_them(project: Project) -> None:
    finding = {"finding": "batched", "entry": "pay_years", "before": 9, "after": 5}
    project.edit("conversion", lambda found: found.update(findings=[finding]))
    for side in ("dagster", "prefect"):
        reason = red(project, "conversion: batched: pay_years:", "9 calls of dbt became 5", alone=False)
        assert side in reason
        events = [
            {"event": "step_finished", "year": 2025, "step": "pay_years", "ok": False},
            {"event": "step_finished", "year": 2025, "step": "yearly.pay_years", "ok": True},
        ]
        file = project.run / side / "events.jsonl"
        file.write_text(json.dumps(events[0]) + "\n")
        assert side in red(project, "conversion: batched: pay_years:", alone=False)
        file.write_text("".join(f"{json.dumps(event)}\n" for event in events))
    assert not [reason for reason in reasons(project.decide()) if "batched" in reason]


def test_a_construct_that_was_lost(project: Project) -> None:
    project.edit("conversion", lambda found: found["constructs"].pop(0))
    red(project, "conversion: dispositions:", "summary says 2 converted", alone=False)


def test_a_conversion_of_other_source(project: Project) -> None:
    project.edit("conversion", lambda found: found.update(legacy_sha256="0" * 64))
    red(project, "conversion: freshness:", "old has changed since it was converted", alone=False)


def test_the_cpu_budget(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["prefect"].update(cpu_seconds=30.0))
    red(project, "budget: CPU seconds:", "1.30 (30.0 s against 23.0 s)")


@pytest.mark.parametrize(
    ("probe", "change", "word"),
    [
        ("impossible_year", {"refused": False}, "not refused"),
        ("impossible_year", {"unchanged": False}, "database was changed"),
        ("other_year", {"differs": False}, "not honoured"),
        ("other_year", {"rows": 0}, "no rows"),
        ("other_year", {"year": 2026}, "2026 was tried, not 2027"),
    ],
)
def test_a_year_parameter_that_is_not_honoured(
    project: Project, probe: str, change: dict[str, Any], word: str
) -> None:
    project.edit("run", lambda run: run["parameters"][probe].update(change))
    red(project, "parameters:", word)


def test_no_dual_run_and_no_phase(project: Project) -> None:
    shutil.rmtree(project.run)
    with pytest.raises(EvidenceError, match="no finished dual run"):
        project.decide()
    with pytest.raises(ConfigError, match="no phase 7"):
        load(project.config).phase(7)


def test_a_failed_attempt_leaves_no_old_verdict(project: Project) -> None:
    from validation import decision, expectations

    project.decide()
    before = digest_file(project.run / "gate.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expectations, "_suites", lambda facts: {})
        with pytest.raises(EvidenceError):
            project.decide()
    assert before
    assert not (project.run / decision.GATE_FILE).exists()
