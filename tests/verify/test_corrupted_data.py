"""Checks on good and on corrupted data: real Dagster and Prefect, and each corruption alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator

from migrate.config import load
from shims.foreign.corrupting import apply
from shims.foreign.dagster_checks.mutations import DBT_ATTEMPTS, WHOLE, Change, Table, changes_for, whole
from shims.foreign.dagster_checks.tables import tables_in
from shims.foreign.prefect_checks.dbt_tests import only_these
from shims.verdicts import judge

ROOT = Path(__file__).parents[2]
SETTINGS = """\
schema = 1
name = "till"

[legacy]
root = "till_old"
module = "till.definitions"
job = "everything"

[target]
root = "till_new"
flow = "till.jobs:everything"

[environment]
TILL_DB = "{side}/till.duckdb"

[outputs]
database = "{side}/till.duckdb"

[phases.1]
title = "one"
years = [2025]
expect_tables = 1
"""


def good_data(out: Path) -> None:
    (out / "store").mkdir(parents=True)
    with duckdb.connect(str(out / "till.duckdb")) as connection:
        connection.execute("create table sales as select id, id * 1.5 as amount from range(1, 9) t(id)")
        connection.execute("create table days as select 3 as cash, 4 as card, 7 as total")
        prices = "select 'tea' as what, 2 as price union all select 'milk', 1"
        connection.execute(f"copy ({prices}) to '{out}/store/prices.parquet'")


@pytest.mark.real
def test_every_check_is_tried_on_both_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("till_old", "till_new"):
        shutil.copytree(Path(__file__).parent / "projects" / name, tmp_path / name)
    shutil.copytree(ROOT / "migrate" / "support", tmp_path / "till_new" / "prefect_support")
    (tmp_path / "till_new" / "prefect_support" / "__init__.py").touch()
    (tmp_path / "migration.toml").write_text(SETTINGS)
    run = tmp_path / ".changeover" / "runs" / "r1"
    good_data(run / "dagster" / "out")
    (run / "run.json").write_text(
        json.dumps({"id": "r1", "years": [2025], "sides": {"dagster": {"status": "succeeded"}}})
    )
    before = (run / "dagster" / "out" / "till.duckdb").read_bytes()
    monkeypatch.setenv("HOME", str(tmp_path))

    judged = judge(load(tmp_path))

    found = {v.check: v for v in judged.verdicts.verdicts}
    assert {name: v.outcome for name, v in found.items()} == {
        "there_are_sales": "same",
        "ids_are_unique": "different",
        "amounts_are_positive": "different",
        "days_add_up": "same",
        "nothing_to_see": "not flipped",
        "prices_are_known": "different",
        "written": "different",
        "numbered": "same",
        "some": "same",
        "low": "same",
    }
    assert found["ids_are_unique"].mutated == ("failed, error", "passed")
    assert found["amounts_are_positive"].mutated == ("failed, warn", "failed, error")
    assert found["there_are_sales"].mutated == ("failed, error", "failed, error")
    assert found["written"].mutated == ("failed, error", "passed")
    assert not judged.verdicts.equal
    assert before == (run / "dagster" / "out" / "till.duckdb").read_bytes()
    schema = json.loads((ROOT / "migrate" / "schemas" / "verdicts.schema.json").read_text())
    Draft202012Validator(schema).validate(json.loads(judged.file.read_text()))


# ---- the corruptions themselves --------------------------------------------------------------

EVERY_TYPE = """
create table wide as select
    i::tinyint as t, i as n, i::ubigint as u, i / 4 as f, (i / 4)::decimal(9, 2) as d,
    'x' || i as s, i % 2 = 0 as b, date '2025-01-01' + i::int as day, now()::timestamp as at, [i] as l
from range(6) r(i)
"""


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, dict[str, Table]]:
    out = tmp_path / "out"
    good_data(out)
    with duckdb.connect(str(out / "till.duckdb")) as connection:
        connection.execute(EVERY_TYPE)
        connection.execute("create view seen as select * from wide")
    return out, {t.short: t for t in tables_in(out / "till.duckdb", out)}


def rows(out: Path, query: str) -> list[Any]:
    with duckdb.connect(str(out / "till.duckdb")) as connection:
        return connection.execute(query).fetchall()


def test_whole_tables_views_and_files_are_corrupted(data: Any, tmp_path: Path) -> None:
    good, tables = data
    for mutation in WHOLE:
        out = tmp_path / mutation
        shutil.copytree(good, out)
        for name in ("seen", "wide", "prices"):  # the view first: it shows what the table beneath it holds
            source = tables[name].source.replace("{out}", str(out))
            before = rows(out, f"select * from {source}")
            changes = whole(tables[name], mutation)
            problems = apply(out / "till.duckdb", out, [c.statements for c in changes])
            assert not any(problems), (mutation, name)
            assert rows(out, f"select * from {source}") != before, (mutation, name)
            kinds = rows(out, f"describe select * from {source}")
            assert [(k[0], k[1]) for k in kinds] == list(tables[name].columns), (mutation, name)


def broken(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"test_metadata": {"name": kind, "kwargs": arguments}}


@pytest.mark.parametrize(
    ("test", "table", "query"),
    [
        (broken("not_null", column_name="s"), "wide", "select * from wide where s is null"),
        (broken("not_null", column_name="n"), "seen", "select * from seen where n is null"),
        (broken("unique", column_name="n"), "wide", "select n from wide group by n having count(*) > 1"),
        (
            broken("unique_combination", columns=["n", "s"]),
            "wide",
            "from wide group by all having count(*) > 1",
        ),
        (broken("accepted_values", column_name="s"), "wide", "select s from wide where s not like 'x_'"),
        (broken("accepted_values", column_name="b"), "wide", "from wide where b <> (n % 2 = 0)"),
        (broken("relationships", column_name="n"), "wide", "from wide where n not between 0 and 5"),
        (broken("in_range", column_name="t"), "wide", "from wide where t < 0"),
        (broken("in_range", column_name="d"), "wide", "from wide where d < 0"),
        (broken("within_its_year", column_name="day"), "wide", "from wide where year(day) > 2025"),
    ],
)
def test_a_dbt_test_is_broken_by_its_kind(data: Any, test: dict[str, Any], table: str, query: str) -> None:
    out, tables = data
    select = query if query.startswith("select") else f"select 1 from (select * {query})"
    assert not rows(out, select)
    changes = changes_for(test, [tables[table]], 0, 4)
    assert not any(apply(out / "till.duckdb", out, [c.statements for c in changes]))
    assert rows(out, select)


def test_a_statement_that_fails_leaves_its_table_alone_and_is_told(data: Any) -> None:
    out, _ = data
    bad = Change("main.days", "x", ("delete from days", "select * from nowhere"))
    good = Change("main.sales", "x", ("delete from sales",))
    refused, done = apply(out / "till.duckdb", out, [bad.statements, good.statements])
    assert "nowhere" in refused
    assert not done
    assert rows(out, "select count(*) from days") == [(1,)]
    assert rows(out, "select count(*) from sales") == [(0,)]


def test_every_attempt_has_another_corruption_and_they_end(data: Any) -> None:
    _, tables = data
    both = [tables["wide"], tables["days"]]
    tried = [tuple(changes_for(broken("holds", condition="n < u"), both, n, 0)) for n in range(DBT_ATTEMPTS)]
    assert all(tried)
    assert len(set(tried)) == len(tried)
    assert changes_for(broken("holds"), both, DBT_ATTEMPTS, 0) == []
    assert changes_for(broken("holds"), [], 0, 0) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["build", "--vars", "{a: 1}"], ["test", "--vars", "{a: 1}", "--select", "u"]),
        (["build", "--select", "a", "b", "--full-refresh"], ["test", "--full-refresh", "--select", "u"]),
        (["test", "-s", "a"], ["test", "--select", "u"]),
        (["run", "--vars", "{}"], None),
        (["seed"], None),
    ],
)
def test_only_tests_are_asked_of_dbt(given: list[str], expected: list[str] | None) -> None:
    assert only_these(given, ["test.shop.u.1a2b"]) == expected
