"""Calls of dbt from Python: which, in which order, with which variables, and what is worth a look."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from migrate.conversion import convert
from migrate.conversion_record import as_json

SCHEMA = Path(__file__).parents[2] / "migrate" / "schemas" / "conversion.schema.json"
HEAD = "import json\nimport subprocess\n\nfrom dagster import Config, Field, op\n\n"


def record(tmp_path: Path, code: str, sql: str = "select {{ var('year') }} {{ var('rate', 1) }}") -> Any:
    project = tmp_path / "project"
    (project / "dbt" / "models").mkdir(parents=True)
    (project / "dbt" / "dbt_project.yml").write_text("name: shop\nvars:\n  region: north\n\nmodels: {}\n")
    (project / "dbt" / "models" / "a.sql").write_text(sql)
    (project / "code.py").write_text(HEAD + code)
    found = as_json(convert(project))
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(found)
    return found


def calls(found: Any) -> list[tuple[Any, ...]]:
    return [
        (c["entry"], c["order"], c["how"], c["command"], c["select"], c["vars"]) for c in found["dbt_calls"]
    ]


def findings(found: Any, kind: str) -> list[str]:
    return [f["message"] for f in found["findings"] if f["finding"] == kind]


HELPER = """
def call(context, command, variables, full_refresh=False):
    arguments = [*command, "--vars", json.dumps(dict(variables))]
    if full_refresh and command[0] == "run":
        arguments.append("--full-refresh")
    context.resources.dbt.cli(arguments, context=context).wait()


STEPS = [("seed", ["seed"]), ("first", ["run", "--select", "tag:first"]), ("all", ["test"])]
"""


def test_helpers_and_lists_of_steps_are_followed(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        HELPER
        + """
@op(config_schema={"rate": Field(float, default_value=0.5), "full": bool}, required_resource_keys={"dbt"})
def years(context, given: list):
    variables = {k: v for k, v in context.op_config.items() if k != "full"}
    for year in given:
        for title, command in STEPS:
            call(context, command, {"year": year, **variables}, context.op_config["full"])
""",
    )
    variables = {"year": "<year of a loop>", "rate": "<default 0.5>"}
    assert calls(found) == [
        ("years", 1, "cli", "seed", "", variables),
        ("years", 2, "cli", "run", "tag:first", variables),
        ("years", 3, "cli", "test", "", variables),
    ]
    assert [c["full_refresh"] for c in found["dbt_calls"]] == [False, None, False]
    assert all(c["repeated"] for c in found["dbt_calls"])
    assert found["dbt_calls"][0]["path"] == ["code.py:21", "code.py:11"]


def test_subprocesses_and_the_runner_are_found_and_other_programs_are_not(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        """from dbt.cli.main import dbtRunner


@op
def build():
    subprocess.run(["dbt", "run", "--vars", "{year: 2025}", "-s", "a", "b"], check=True)
    subprocess.run("dbt seed", shell=True)
    subprocess.run([".venv/bin/dbt", "snapshot"])
    subprocess.run(["python", "-m", "dbt.cli.main", "test"])
    dbtRunner().invoke(["build", "--full-refresh"])
    subprocess.run(["ls", "dbt"])
    subprocess.run(["git", "clone", "dbt"])
""",
    )
    assert [(how, command, select) for _, _, how, command, select, _ in calls(found)] == [
        ("subprocess", "run", "a b"),
        ("subprocess", "seed", ""),
        ("subprocess", "snapshot", ""),
        ("subprocess", "test", ""),
        ("dbtRunner", "build", ""),
    ]
    assert found["dbt_calls"][0]["vars"] == {"year": "2025"}
    assert found["dbt_calls"][4]["full_refresh"] is True


def test_variables_written_by_hand_are_read(tmp_path: Path) -> None:
    code = """
def run(context, command, given):
    words = list(command)
    if given:
        text = "{" + ", ".join([f"{k}: {v}" for k, v in given.items()]) + "}"
        words.extend(["--vars", text])
    context.resources.dbt.cli(words)


@op
def one(context, year: int):
    run(context, ["build"], {"year": year, "rate": 2})
    run(context, ["test"], {})
"""
    found = record(tmp_path, code)
    assert [c["vars"] for c in found["dbt_calls"]] == [{"year": "<year>", "rate": "2"}, {}]


def test_a_project_without_dbt_has_no_calls(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        """
def cli(words):
    return words


@op
def build(context):
    cli(["build"])
    context.log.info("dbt build")
""",
    )
    assert found["dbt_calls"] == found["findings"] == []


ONE = """
@op
def one(context, dbt):
    dbt.cli(["build", "--vars", json.dumps({"year": 1, "rate": 2})])
"""
OTHER = """
@op
def other(context, dbt):
    dbt.cli([%s, "--vars", %s])
"""


@pytest.mark.parametrize(
    ("command", "variables", "said"),
    [
        ('"build"', 'json.dumps({"year": 1})', "only one passes rate"),
        ('"run"', 'json.dumps({"year": 1, "rate": 2, "more": 3})', "only other passes more"),
        ('"build"', 'f"{{year: 3, rate: 2}}"', "year is 1 and 3"),
    ],
)
def test_other_variables_for_the_same_models_are_told(
    tmp_path: Path, command: str, variables: str, said: str
) -> None:
    (message,) = findings(record(tmp_path, ONE + OTHER % (command, variables)), "different vars")
    assert said in message
    assert "`one` (code.py:9)" in message
    assert "`other` (code.py:13)" in message


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ('"build"', 'json.dumps({"rate": 2, "year": 1})'),
        ('"test"', 'json.dumps({"year": 1})'),
        ('"build"', "context.op_config['vars']"),
        ('"build"', 'json.dumps({"year": context.run_id, "rate": 2})'),
    ],
    ids=["another order", "makes nothing", "cannot be told", "a value that cannot be told"],
)
def test_the_same_variables_are_no_finding(tmp_path: Path, command: str, variables: str) -> None:
    assert findings(record(tmp_path, ONE + OTHER % (command, variables)), "different vars") == []


def test_other_models_may_have_other_variables(tmp_path: Path) -> None:
    code = """
@op
def one(dbt):
    dbt.cli(["run", "--select", "a", "--vars", json.dumps({"year": 1})])


@op
def other(dbt):
    dbt.cli(["run", "--select", "b", "--vars", json.dumps({"rate": 1})])
"""
    assert findings(record(tmp_path, code), "different vars") == []


def test_variables_that_nobody_reads_or_passes(tmp_path: Path) -> None:
    code = OTHER % ('"build"', 'json.dumps({"rate": 1, "seed": 7, "region": 1})')
    found = record(tmp_path, code, "{{ var('year') }} {{ var('rate', 1) }} {{ var('region') }}")
    (unread,) = findings(found, "unread var")
    assert "variable seed is passed" in unread
    (missing,) = findings(found, "missing var")
    assert "variable year, which no call passes" in missing
    found = record(tmp_path / "fine", OTHER % ('"build"', 'json.dumps({"year": 1})'))
    assert findings(found, "unread var") == findings(found, "missing var") == []


def test_batching_is_offered_with_the_boundaries_that_carry_meaning(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        """
@op
def steps(context, dbt, database):
    dbt.cli(["run", "--select", "a"])
    dbt.cli(["run", "--select", "b"])
    database.clean()
    dbt.cli(["run", "--select", "c"])
    dbt.cli(["run", "--select", "d", "--full-refresh"])
    dbt.cli(["test"])
""",
    )
    (message,) = findings(found, "batching")
    assert "calls dbt 5 times" in message
    assert "4 calls might do" in message
    assert "2/3 Python in between; 3/4 --full-refresh; 4/5 run then test, --full-refresh" in message


def test_one_call_is_nothing_to_batch(tmp_path: Path) -> None:
    assert findings(record(tmp_path, ONE), "batching") == []


def test_a_list_where_a_key_is_expected_is_nothing_to_fall_over(tmp_path: Path) -> None:
    code = """
TABLES = {"a": 1}


def one(dbt, keys):
    return dbt.cli(["run", "--vars", TABLES[keys]])


@op
def steps(dbt):
    one(dbt, ["a", "b"])
"""
    assert len(record(tmp_path, code)["dbt_calls"]) == 1
