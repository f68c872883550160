"""Judging by what was written, on real DuckDB files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from migrate.config import Ignore, Outputs
from shims.commands.dual_run import parse_years
from shims.written import written, years_differ

OUTPUTS = Outputs(database="x", exclude=("tmp_*",), ignore=(Ignore(column="loaded_at", reason="a moment"),))


@pytest.fixture
def database(tmp_path: Path):
    path = tmp_path / "out.duckdb"

    def make(*statements: str) -> Path:
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        return path

    return make


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        ([], "it wrote no table"),
        (["create table tmp_a as select 2025 as year"], "it wrote no table"),
        (["create schema other", "create table other.a as select 2025 as year"], "it wrote no table"),
        (["create table a(year int)"], "all 1 tables it wrote are empty"),
        (["create table a as select 1 as n"], "no table it wrote has the column year (outputs.year_column)"),
        (["create table a as select 2025 as year"], "no table holds rows of 2026"),
        (["create table a as select 2025 as year", "create table b as select 2026 as year"], ""),
        (
            [
                'create table "a ""b" as select unnest([2025, 2026]) as "year"',
                "create view v as select 1 as n",
            ],
            "",
        ),
    ],
)
def test_reasons(database, statements, reason):
    assert written(database(*statements), OUTPUTS, [2025, 2026]).reason == reason


def test_no_file_and_no_database(tmp_path):
    assert "no database" in written(tmp_path / "gone.duckdb", OUTPUTS, [2025]).reason
    (tmp_path / "bad.duckdb").write_bytes(b"not a database" * 1000)
    assert "cannot be read by DuckDB" in written(tmp_path / "bad.duckdb", OUTPUTS, [2025]).reason


def test_looking_changes_nothing(database):
    path = database("create table a as select 2025 as year")
    before = path.read_bytes()
    written(path, OUTPUTS, [2025])
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["out.duckdb"]


@pytest.mark.parametrize(
    ("query", "rows", "differ"),
    [
        ("select 2025 as year, 1 as n union all select 2026, 1", 1, False),
        ("select 2025 as year, 1 as n union all select 2026, 2", 1, True),
        ("select 2025 as year, 1 as n, 1 as loaded_at union all select 2026, 1, 2", 1, False),
        ("select 2025 as year, 1 as n union all select 2026, 1 union all select 2026, 1", 2, True),
        ("select 2025 as year, 1 as n", 0, False),
    ],
)
def test_whether_another_year_has_rows_of_its_own(database, query, rows, differ):
    assert years_differ(database(f"create table a as {query}"), OUTPUTS, 2025, 2026) == (rows, differ)


def test_years_on_the_command_line():
    assert parse_years("2025") == (2025,)
    assert parse_years("2025-2027, 2030") == (2025, 2026, 2027, 2030)
