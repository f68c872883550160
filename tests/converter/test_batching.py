"""`migrate convert --batch-dbt`: fewer calls of dbt where no boundary carries meaning, refused elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from migrate.cli import group
from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.results import Conversion

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "migrate" / "schemas" / "conversion.schema.json"
HEAD = "import json\n\nfrom dagster import op\n\n"


def converted(folder: Path, code: str, batch: bool = True) -> Conversion:
    project = folder / "project"
    (project / "dbt" / "target").mkdir(parents=True)
    (project / "dbt" / "dbt_project.yml").write_text("name: shop\n")
    (project / "code.py").write_text(HEAD + code)
    result = convert(project, batch_dbt=batch)
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(as_json(result))
    return result


def calls(result: Conversion) -> list[str]:
    return [f"{c['command']} {c['select']}".strip() for c in result.dbt_calls]


def body(*lines: str) -> str:
    return "@op(required_resource_keys={'dbt'})\ndef steps(context, dbt, database):\n    " + "\n    ".join(
        lines
    )


LIST = '''
STEPS = [
    ("seed", ["seed"]),
    ("first", ["run", "--select", "tag:first"]),
    # what the first ones feed
    ("second", ["run", "--select", "tag:second tag:third"]),
    ("history", ["snapshot"]),
    ("last", ["run", "--select", "tag:last"]),
]


def year(context, year):
    for name, command in STEPS:
        context.log.info(name)
        context.resources.dbt.cli([*command, "--vars", json.dumps({"year": year})], context=context).wait()


@op(required_resource_keys={"dbt"})
def simulate(context, years: list):
    for one in years:
        year(context, one)


@op
def after(context):
    """Stands below what was merged."""
'''


def test_steps_of_a_list_become_one_and_the_account_says_so(tmp_path: Path) -> None:
    result = converted(tmp_path, LIST.replace("    # what the first ones feed\n", ""))
    assert calls(result) == ["seed", "run tag:first tag:second tag:third", "snapshot", "run tag:last"]
    code = result.files["code.py"].decode()
    assert '("first; second", ["run", "--select", "tag:first tag:second tag:third"]),' in code
    told = as_json(result)
    simulate, after = told["constructs"]
    assert (simulate["name"], simulate["disposition"]) == ("simulate", "adapted")
    assert "5 calls of dbt in a row became 4 each time round its loop" in simulate["difference"]
    assert after["disposition"] == "converted"
    assert told["summary"] == {"adapted": 1, "converted": 1}
    (batched,) = [f for f in told["findings"] if f["finding"] == "batched"]
    assert (batched["entry"], batched["before"], batched["after"]) == ("simulate", 5, 4)


def test_places_stay_those_of_the_source(tmp_path: Path) -> None:
    plain = as_json(
        converted(tmp_path / "plain", LIST.replace("    # what the first ones feed\n", ""), False)
    )
    fewer = as_json(converted(tmp_path / "fewer", LIST.replace("    # what the first ones feed\n", "")))
    lines = [[(c["name"], c["line"]) for c in told["constructs"]] for told in (plain, fewer)]
    assert lines[0] == lines[1]
    assert {c["line"] for c in plain["dbt_calls"]} == {c["line"] for c in fewer["dbt_calls"]}


def test_a_comment_between_two_steps_keeps_them_apart(tmp_path: Path) -> None:
    assert len(calls(converted(tmp_path, LIST))) == 5


def test_statements_in_a_row_become_one_with_their_comments(tmp_path: Path) -> None:
    result = converted(
        tmp_path,
        body(
            'dbt.cli(["run", "--select", "a", "--threads", "2"], context=context).wait()',
            "# then those that read them",
            'dbt.cli(["run", "--select", "b", "--threads", "2"], context=context).wait()',
            'dbt.cli(["run", "--select", "c", "--threads", "2"], context=context).wait()',
        ),
    )
    assert calls(result) == ["run a b c"]
    code = result.files["code.py"].decode()
    assert "# then those that read them" in code
    assert code.count(".cli(") == 1


def test_nothing_is_merged_unless_asked(tmp_path: Path) -> None:
    result = converted(
        tmp_path, body('dbt.cli(["run", "--select", "a"])', 'dbt.cli(["run", "--select", "b"])'), batch=False
    )
    assert calls(result) == ["run a", "run b"]
    (offer,) = [f for f in result.findings if f["finding"] == "batching"]
    assert (offer["before"], offer["after"]) == (2, 1)
    assert "1 calls might do (--batch-dbt" in offer["message"]


def dbt(words: str, more: str = "") -> str:
    """A call of dbt with these words, and what else stands in its list."""
    return f"dbt.cli([{', '.join(map(repr, words.split()))}{more}])"


VARS = ", '--vars', json.dumps({'year': %d})"
REFUSED = {
    "run then build": [dbt("run --select a"), dbt("build --select b")],
    "run then test": [dbt("run --select a"), dbt("test --select a")],
    "tests as a step": [dbt("test --select a"), dbt("test --select b")],
    "--full-refresh": [dbt("run --select a --full-refresh"), dbt("run --select b")],
    "other vars": [dbt("run --select a", VARS % 1), dbt("run --select b", VARS % 2)],
    "other vars ": [dbt("run --select a", ", '--vars', 'k: 1'"), dbt("run --select b", ", '--vars', 'k: 2'")],
    "vars that cannot be told": [dbt("run --select a", ", *more"), dbt("run --select b", ", *more")],
    "Python in between": [dbt("run --select a"), "database.check()", dbt("run --select b")],
    "other options": [dbt("run --select a --threads 1"), dbt("run --select b --exclude c")],
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_boundary_with_a_meaning_stays_and_is_named(tmp_path: Path, name: str) -> None:
    result, reason = converted(tmp_path, body(*REFUSED[name])), name.strip()
    assert len(calls(result)) == 2
    assert result.files["code.py"].decode().count(".cli(") == 2
    (offer,) = [f for f in result.findings if f["finding"] == "batching"]
    assert f"1/2 {reason}" in offer["message"] or f", {reason}" in offer["message"]
    assert not [f for f in result.findings if f["finding"] == "batched"]


@pytest.mark.parametrize(
    "lines",
    [
        ('one = dbt.cli(["run", "--select", "a"])', 'two = dbt.cli(["run", "--select", "b"])', "return one"),
        ('dbt.cli(["run", "--select", "a"])', 'dbt.cli(["run"])'),
        ('dbt.cli(["run", "--select", "a"]).wait()', 'database.cli(["run", "--select", "b"]).wait()'),
        (
            'dbt.cli(["run", "--select", "a"])',
            'context.log.info("a is done")',
            'dbt.cli(["run", "--select", "b"])',
        ),
    ],
    ids=["results are taken", "all models", "another object", "a line between"],
)
def test_what_is_written_otherwise_stays(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert len(calls(converted(tmp_path, body(*lines)))) == 2


def test_a_list_that_another_path_reads_apart_stays(tmp_path: Path) -> None:
    """For `careful`, something stands between the two steps."""
    code = """
STEPS = [["run", "--select", "a"], ["run", "--select", "b"]]


@op
def quick(context, dbt):
    for step in STEPS:
        dbt.cli(step).wait()


@op
def careful(context, dbt, database):
    for step in STEPS:
        dbt.cli(step).wait()
        database.check()
"""
    result = converted(tmp_path, code)
    assert len(calls(result)) == 4
    assert '[["run", "--select", "a"], ["run", "--select", "b"]]' in result.files["code.py"].decode()


def test_a_string_that_dbt_is_given_is_no_name(tmp_path: Path) -> None:
    code = """
def step(dbt, command, target):
    dbt.cli([*command, "--target", target]).wait()


@op
def both(context, dbt):
    step(dbt, ["run", "--select", "a"], "dev")
    step(dbt, ["run", "--select", "b"], "prod")
"""
    result = converted(tmp_path, code)
    assert calls(result) == ["run a", "run b"]
    (offer,) = [f for f in result.findings if f["finding"] == "batching"]
    assert "1/2 other options" in offer["message"]


def test_the_offer_comes_with_what_dbt_says_a_start_takes(tmp_path: Path) -> None:
    converted(tmp_path, body('dbt.cli(["run", "--select", "a"])', 'dbt.cli(["run", "--select", "b"])'))
    project = tmp_path / "project"
    asked: Any = ["inventory", str(project)]
    assert "to read this project" not in CliRunner().invoke(group, asked).output
    (project / "dbt" / "target" / "perf_info.json").write_text('{"load_all_elapsed": 4.25}')
    said = " ".join(CliRunner().invoke(group, asked).output.split())
    assert "dbt last took 4.2 s to read this project (dbt/target/perf_info.json)" in said
    assert "1 starts fewer save the legacy up to 4.2 s" in said
    told = CliRunner().invoke(group, ["convert", str(project), "--out", str(tmp_path / "out"), "--batch-dbt"])
    assert "called dbt 2 times; 1 calls do it now" in told.output
    again = ["convert", str(project), "--out", str(tmp_path / "out"), "--batch-dbt", "--check"]
    assert CliRunner().invoke(group, again).exit_code == 0


def test_the_reference_runs_its_models_up_to_the_snapshot_in_one_call() -> None:
    """`migrate convert dagster_legacy --out prefect_target --batch-dbt`, as docs/convert.md shows it."""
    result = convert(ROOT / "dagster_legacy", batch_dbt=True)
    (found,) = [f for f in result.findings if f["finding"] == "batched"]
    assert (found["entry"], found["before"], found["after"]) == ("simulate_years", 9, 5)
    made = [c["select"] for c in result.dbt_calls if c["entry"] == "simulate_years"]
    assert made[1] == "tag:staging tag:foundation tag:hazards tag:events tag:accounting tag:marts"
