"""What migration.toml asks of a table by itself, of a row of runs, and of what is handed over."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from migrate import files
from migrate.config import load
from migrate.errors import ConfigError
from validation.evidence import collect
from validation.facts import holds
from validation.gates import GATES

if TYPE_CHECKING:
    from conftest import Project

RULES = """
[outputs.tables.fct_pay]
min_rows = 200
max_rows = 200
key = ["simulation_year", "employee"]
not_null = ["employee"]
ranges = { pay = { min = 0, max = 100000.0 }, bonus = { min = 0 } }
years = "all"
"""
LISTS = """
dual_runs_in_a_row = 2
[[phases.1.deliverables]]
name = "training"
files = ["docs/training/*.md"]
mentions = ["backfill", "{run}"]
min_words = 6
"""


def failing(project: Project, gate: str) -> list[str]:
    """What one gate measures as wrong. That Great Expectations turns red on it, other tests show."""
    found = GATES[gate](collect(load(project.config), "1"))
    return [f"{f.subject}: {f.message}" for f in found if not holds(f.measure, f.limit, waived=False)]


def red(project: Project, gate: str) -> list[str]:
    """Why a gate is red, from Great Expectations."""
    decision = project.decide()
    return [
        f"{j.fact.subject}: {j.fact.message}" for j in decision.judged if not j.passed and j.fact.gate == gate
    ]


def with_rules(project: Project) -> None:
    project.settings(RULES)


def both(project: Project, statement: str) -> None:
    """What both sides agree on is equal, and may still be wrong."""
    for side in ("dagster", "prefect"):
        project.sql(side, statement)


def test_rules_that_hold_are_counted_on_both_sides(project: Project) -> None:
    with_rules(project)
    decision = project.decide()
    assert decision.verdict == "green"
    subjects = [j.fact.subject for j in decision.judged if j.fact.gate == "tables"]
    assert len(subjects) == 2 * (1 + 6)
    assert "prefect: fct_pay years" in subjects


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("delete from fct_pay where employee = 'E7'", "fct_pay rows: expected at least 200 and at most 200"),
        ("insert into fct_pay select * from fct_pay where employee = 'E7'", "2 too many"),
        ("insert into fct_pay select * from fct_pay limit 1", "1 rows share their key with another"),
        ("update fct_pay set employee = null where employee = 'E7'", "fct_pay.employee: expected never NULL"),
        ("update fct_pay set pay = -1 where employee = 'E7'", "2 values are outside"),
        (
            "alter table fct_pay alter bonus type double; update fct_pay set bonus = 'nan'",
            "fct_pay.bonus range",
        ),
        ("update fct_pay set bonus = null", "there is no value to judge"),
        ("delete from fct_pay where simulation_year = 2026", "no row in 2026"),
        ("alter table fct_pay rename pay to salary", "not counted"),
        ("drop table fct_pay", "no such table"),
    ],
)
def test_what_both_sides_agree_on_can_be_wrong(project: Project, statement: str, words: str) -> None:
    with_rules(project)
    both(project, statement)
    found = failing(project, "tables")
    for side in ("dagster", "prefect"):
        assert any(f.startswith(f"{side}: ") and words in f for f in found), found


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("ranges = { pay = {} }", "can never fail"),
        ("ranges = { pay = { min = 2, max = 1 } }", "ends before it begins"),
        ("ranges = { pay = { min = nan } }", "finite number"),
        ("colour = 1", "unknown key"),
    ],
)
def test_a_rule_that_cannot_fail_is_refused(project: Project, rules: str, words: str) -> None:
    project.settings(f"\n[outputs.tables.fct_pay]\n{rules}\n")
    with pytest.raises(ConfigError, match=words):
        load(project.config)


@pytest.mark.parametrize("section", ["tolerance", "ignore", "allow_empty"])
def test_what_is_left_out_needs_a_reason(project: Project, section: str) -> None:
    column = "" if section == "allow_empty" else 'column = "bonus"\n'
    text = project.config.read_text().replace("allow_empty = [", "# [").replace("ignore = [", "# [")
    project.config.write_text(f'{text}\n[[outputs.{section}]]\ntable = "fct_pay"\n{column}reason = "  "\n')
    with pytest.raises(ConfigError, match="reason"):
        load(project.config)


def earlier(project: Project, name: str = "20250501T120000-aaaa") -> None:
    """An earlier dual run of the same code, with databases of its own."""
    shutil.copytree(project.run, project.run.with_name(name))
    record = project.run.with_name(name) / "run.json"
    text = record.read_text()
    for side in ("dagster", "prefect"):
        digest = files.digest_file(project.run / side / "out" / "tiny.duckdb")
        text = text.replace(digest, f"{side:0<64}")
    record.write_text(text)


def in_a_row(project: Project) -> list[str]:
    project.config.write_text(
        project.config.read_text().replace("cpu_ratio", "dual_runs_in_a_row = 2\ncpu_ratio")
    )
    return failing(project, "in-a-row")


def test_two_runs_in_a_row(project: Project) -> None:
    earlier(project)
    assert in_a_row(project) == []


def test_one_run_is_not_two(project: Project) -> None:
    assert "1 in a row: there is no earlier dual run" in in_a_row(project)[0]


def test_the_same_run_copied_counts_once(project: Project) -> None:
    shutil.copytree(project.run, project.run.with_name("20250501T120000-aaaa"))
    assert "one run counts once" in in_a_row(project)[0]


def test_a_run_between_that_did_not_finish_breaks_the_row(project: Project) -> None:
    earlier(project)
    earlier(project, "20250515T120000-bbbb")
    broken = project.run.with_name("20250515T120000-bbbb")
    (broken / "run.json").unlink()
    (broken / "ledger.jsonl").write_text('{"what": "start", "phase": "1"}\n')
    assert "20250515T120000-bbbb: it did not finish" in in_a_row(project)[0]


def test_an_earlier_run_of_other_code_does_not_count(project: Project) -> None:
    earlier(project)
    record = project.run.with_name("20250501T120000-aaaa") / "run.json"
    now = files.digest_tree(project.root / "new")
    record.write_text(record.read_text().replace(now, "0" * 64))
    assert "other code of the prefect side" in in_a_row(project)[0]


def handed_over(project: Project, text: str | None) -> list[str]:
    project.settings(LISTS.replace("dual_runs_in_a_row = 2", ""))
    if text is not None:
        (project.root / "docs" / "training").mkdir(parents=True)
        (project.root / "docs" / "training" / "start.md").write_text(text)
    return failing(project, "deliverables")


def test_a_deliverable_that_says_what_it_must(project: Project) -> None:
    assert handed_over(project, f"How to run a backfill of one year. Made from {project.run.name}.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no docs/training/*.md"),
        ("", "0 words in all"),
        ("a backfill in few words", "5 words in all, 6 asked for"),
        ("How to run a backfill of one year.\nTODO: screenshots", "start.md:2 says TODO"),
        ("How to run a backfill of one year. Made from last month's run.", "no file mentions 2025"),
    ],
)
def test_a_deliverable_is_looked_at(project: Project, text: str | None, words: str) -> None:
    assert words in handed_over(project, text)[0]


def test_a_deliverable_may_be_a_command(project: Project) -> None:
    command = '[[phases.1.deliverables]]\nname = "dashboard"\ncommand = ["{python}", "-c", "%s"]\n'
    project.settings("\n" + command % "raise SystemExit('no data for 2026')")
    words = "dashboard: command: expected exit code 0; found exit code 1: no data for 2026"
    assert words in failing(project, "deliverables")
    project.settings("\n" + command % "print('fine')")
    assert project.decide().verdict == "green"


WAIVER = """
[[waivers]]
gate = "parity"
output = "fct_pay"
year = 2026
column = "bonus"
{limit}
owner = "Ada"
reason = "agreed in the review"
expires = 2025-12-31
"""


def test_a_waiver_spelled_out_covers_its_year_and_column_only(project: Project) -> None:
    project.settings(WAIVER.format(limit=""))
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2026")
    decision = project.decide()
    assert (decision.verdict, decision.grants[0].counted) == ("green", 1)
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2025")
    assert red(project, "parity")[0].startswith("fct_pay/2025")


def test_a_waiver_that_is_overdrawn_covers_nothing(project: Project) -> None:
    project.settings(WAIVER.format(limit="at_most = 2"))
    changed = "update fct_pay set bonus = 99 where simulation_year = 2026 and employee in ({})"
    project.sql("prefect", changed.format("'E1', 'E2'"))
    decision = project.decide()
    assert (decision.verdict, decision.grants[0].counted) == ("green", 2)
    project.sql("prefect", changed.format("'E3'"))
    decision = project.decide()
    assert decision.verdict == "red"
    assert decision.grants[0].state == "refused"
    assert "it would cover 3, and allows 2 at most" in red(project, "waivers")[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ('gate = "parity"', "either a `scope` or an `output`"),
        ('gate = "parity"\nscope = "a"\noutput = "a"', "either a `scope` or an `output`"),
        ('gate = "budget"\noutput = "a"', "for the parity gate"),
        ('gate = "parity"\nscope = "a"\ncolumn = "b"', "go with `output`"),
        ('gate = "parity"\nscope = "a"\nat_most = 0', "greater than or equal to 1"),
    ],
)
def test_a_waiver_must_say_what_for(project: Project, fields: str, words: str) -> None:
    rest = 'owner = "Ada"\nreason = "agreed"\nexpires = 2025-12-31\n'
    project.settings(f"\n[[waivers]]\n{fields}\n{rest}")
    with pytest.raises(ConfigError, match=words):
        load(project.config)
