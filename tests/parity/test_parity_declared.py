"""What is declared of a table beside its rows: aggregates, what may be NULL, the order of columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from click.testing import CliRunner

from validation.commands.parity import parity
from validation.parity import ParityReport, Wish

Compared = Callable[..., ParityReport]
PAY = (
    "CREATE TABLE pay AS SELECT y AS year, 'd' || i % 3 AS dept, i AS id, (100.0 * i)::DOUBLE AS amount, "
    "now() AS loaded FROM range(2025, 2027) r(y), range(1, 10) s(i)"
)
SCHEMA = Path(__file__).parents[2] / "validation" / "schemas" / "parity.schema.json"


def asked(**more: Any) -> dict[str, Any]:
    rule = {"table": "pay", "by": ["year", "dept"], "measures": ["count(*)", "sum(amount)"]} | more
    left_out = {"column": "loaded", "reason": "the clock"}
    return {"aggregate": [{"reason": "budget"} | rule], "ignore": [left_out]}


def test_equal_tables_show_both_sides_numbers_by_year_and_group(compared: Compared) -> None:
    report = compared(PAY, PAY, settings=asked())
    (found,) = report.tables
    assert (found.verdict, [(a.measure, a.groups, a.differing) for a in found.aggregates]) == (
        "equal",
        [("count(*)", 6, 0), ("sum(amount)", 6, 0)],
    )
    first = found.aggregates[1].shown[0]
    assert (first.group, first.left, first.right) == ({"year": "2025", "dept": "d0"}, "1800.0", "1800.0")
    jsonschema.validate(report.to_json(), json.loads(SCHEMA.read_text()))
    assert report.unused_settings == ()


@pytest.mark.parametrize(
    ("edit", "differing"),
    [
        ("UPDATE pay SET amount = amount + 1 WHERE id = 1", {"count(*)": 0, "sum(amount)": 2}),
        ("DELETE FROM pay WHERE dept = 'd1' AND year = 2026", {"count(*)": 1, "sum(amount)": 1}),
        ("UPDATE pay SET dept = NULL WHERE id = 1 AND year = 2025", {"count(*)": 2, "sum(amount)": 2}),
    ],
)
def test_groups_that_differ_come_first_with_both_numbers(
    compared: Compared, edit: str, differing: dict[str, int]
) -> None:
    (found,) = compared(PAY, f"{PAY}; {edit}", settings=asked()).tables
    assert {a.measure: a.differing for a in found.aggregates} == differing
    assert not found.aggregates[1].shown[0].equal


def test_an_aggregate_over_an_ignored_column_still_differs(compared: Compared) -> None:
    more = asked(by=[], measures=["min(loaded)"])
    sides = (PAY.replace("now()", f"DATE '2025-01-0{day}'") for day in (1, 2))
    (found,) = compared(*sides, settings=more).tables
    assert (found.verdict, found.reason) == ("different", "min(loaded) differs in 1 of 1 groups")
    (pair,) = found.aggregates[0].shown
    assert (pair.group, pair.left, pair.right) == ({}, "2025-01-01", "2025-01-02")


def test_an_aggregate_has_a_tolerance_of_its_own(compared: Compared) -> None:
    noise = f"{PAY}; UPDATE pay SET amount = amount * (1 + 1e-12)"
    loose = {"tolerance": [{"column": "amount", "relative": 1e-9, "reason": "noise"}]}
    assert not compared(PAY, noise, settings=asked() | loose).equal
    assert compared(PAY, noise, settings=asked(relative=1e-9) | loose).equal


def test_a_measure_that_the_table_does_not_have_is_an_error(compared: Compared) -> None:
    (found,) = compared(PAY, PAY, settings=asked(measures=["sum(nothing)"])).tables
    assert found.verdict == "error"


ONE = "CREATE TABLE t (a INTEGER NOT NULL, b INTEGER); INSERT INTO t VALUES (1, 2)"
TWO = "CREATE TABLE t (b INTEGER, a INTEGER); INSERT INTO t VALUES (2, 1)"


def test_order_and_nullability_are_reported_and_a_difference_only_where_asked(compared: Compared) -> None:
    (found,) = compared(ONE, TWO).tables
    assert found.verdict == "equal"
    assert [(c.column, c.left, c.right) for c in found.definitions] == [
        ("a may be NULL", "no", "yes"),
        ("order of the columns", "a, b", "b, a"),
    ]
    for strict, verdict in ((["order"], "schema"), (["nullability"], "schema"), ([], "equal")):
        assert compared(ONE, TWO, settings={"strict_schema": strict}).tables[0].verdict == verdict
    assert compared(ONE, ONE, settings={"strict_schema": ["order", "nullability"]}).equal


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_all_differing_rows_are_written_in_either_form(compared: Compared, tmp_path: Path, kind: str) -> None:
    edit = "UPDATE pay SET amount = 0 WHERE id < 4; UPDATE pay SET dept = '' WHERE id = 8"
    edit += "; DELETE FROM pay WHERE id = 9"
    settings = asked() | {"keys": {"pay": ["year", "id"]}}
    compared(PAY, f"{PAY}; {edit}", settings=settings, wish=Wish(1, tmp_path / "out", kind))
    counts = "SELECT parity_side, parity_kind, count(*)"
    rows = duckdb.sql(f"{counts} FROM '{tmp_path}/out/pay.{kind}' GROUP BY ALL ORDER BY ALL")
    assert rows.fetchall() == [("left", "changed", 8), ("left", "only_left", 2), ("right", "changed", 8)]


def test_the_command_writes_csv_and_shows_the_aggregates(tmp_path: Path, build: Callable[..., Path]) -> None:
    left, right = build("l", PAY), build("r", PAY, "UPDATE pay SET amount = 1 WHERE id = 2")
    config = tmp_path / "migration.toml"
    config.write_text(
        'schema = 1\nname = "x"\n[legacy]\nroot = "a"\nmodule = "m"\njob = "j"\n'
        '[target]\nroot = "b"\nflow = "m:f"\n'
        '[input]\n[outputs]\ndatabase = "x"\n[[outputs.ignore]]\ncolumn = "loaded"\nreason = "clock"\n'
        '[[outputs.aggregate]]\ntable = "pay"\nby = ["year"]\nmeasures = ["sum(amount)"]\nreason = "budget"\n'
        '[phases.1]\ntitle = "t"\nyears = [2025]\nexpect_tables = 1\n'
    )
    words = [
        str(left),
        str(right),
        "--config",
        str(config),
        "--export",
        str(tmp_path / "o"),
        "--export-format",
        "csv",
    ]
    done = CliRunner().invoke(parity, words, standalone_mode=False)
    assert done.return_value == 1, done.output
    assert "sum(amount) by year: 2 of 2 groups differ" in done.output
    assert "year=2025: 4500.0 | 4301.0" in done.output
    assert (tmp_path / "o" / "pay.csv").is_file()
