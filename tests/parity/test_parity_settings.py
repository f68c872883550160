"""What [outputs] of migration.toml changes, and that it changes nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from migrate.errors import ChangeoverError, EvidenceError
from validation.parity import ParityReport, TableReport

Compared = Callable[..., ParityReport]
PLAIN = "CREATE TABLE t (id INTEGER, year INTEGER, v DOUBLE); INSERT INTO t VALUES "
SIX = [(i, 2025 + i // 3, float(i)) for i in range(6)]


def plain(*rows: tuple[Any, ...], more: str = "") -> str:
    return (
        PLAIN
        + ", ".join(f"({', '.join('NULL' if v is None else repr(v) for v in r)})" for r in rows)
        + ";"
        + more
    )


def only(report: ParityReport) -> TableReport:
    assert len(report.tables) == 1
    return report.tables[0]


def test_a_configured_key_pairs_rows(compared: Compared) -> None:
    changed = [*SIX[:5], (5, 2026, 99.0)]
    found = only(compared(plain(*SIX), plain(*changed), settings={"keys": {"t": ["id"]}}))
    assert (found.changed, found.only_left, found.only_right, found.columns) == (1, 0, 0, ("v",))
    assert found.key_source == "migration.toml"
    assert found.per_column[0].max_absolute == 94.0
    assert found.per_column[0].max_relative == pytest.approx(94 / 99)


def test_a_key_that_rows_share_neither_hides_nor_multiplies_them(compared: Compared) -> None:
    left = [(1, 2025, 1.0), (1, 2025, 2.0), (1, 2025, 3.0), (2, 2025, 4.0)]
    right = [(1, 2025, 1.0), (1, 2025, 7.0), (1, 2025, 8.0), (2, 2025, 5.0)]
    found = only(compared(plain(*left), plain(*right), settings={"keys": {"t": ["id"]}}))
    assert (found.changed, found.only_left, found.only_right) == (1, 2, 2)
    assert any("not unique" in note for note in found.notes)


def test_a_shared_key_in_equal_tables_is_equal(compared: Compared) -> None:
    rows = [(1, 2025, 1.0), (1, 2025, 1.0), (None, 2025, 2.0), (None, 2025, 3.0)]
    assert compared(plain(*rows), plain(*rows[::-1]), settings={"keys": {"t": ["id"]}}).equal


def test_a_null_key_pairs_with_a_null_key(compared: Compared) -> None:
    left, right = plain((None, 2025, 1.0), (1, 2025, 1.0)), plain((None, 2025, 2.0), (1, 2025, 1.0))
    found = only(compared(left, right, settings={"keys": {"t": ["id", "year"]}}))
    assert (found.changed, found.only_left, found.only_right) == (1, 0, 0)


def test_a_key_with_a_column_that_is_not_there_is_noted(compared: Compared) -> None:
    found = only(compared(plain(*SIX), plain(*SIX[1:]), settings={"keys": {"t": ["no_such"]}}))
    assert found.key == ()
    assert "no_such" in found.notes[0]
    assert (found.verdict, found.only_left) == ("different", 1)


def test_ignored_columns_are_named_with_their_reason_and_not_compared(compared: Compared) -> None:
    left = plain(
        *SIX, more="ALTER TABLE t ADD COLUMN loaded_at TIMESTAMP; ALTER TABLE t ADD COLUMN extra INTEGER"
    )
    right = plain(*SIX, more="ALTER TABLE t ADD COLUMN loaded_at VARCHAR DEFAULT 'x'")
    ignore = [{"column": "loaded_*", "reason": "a clock"}, {"table": "t", "column": "extra", "reason": "new"}]
    found = only(compared(left, right, settings={"ignore": ignore}))
    assert found.verdict == "equal"
    assert {(i.column, i.reason) for i in found.ignored} == {("loaded_at", "a clock"), ("extra", "new")}
    assert only(compared(left, right, settings={"ignore": ignore[:1]})).columns == ("extra",)


def test_ignoring_every_column_is_no_comparison(compared: Compared) -> None:
    found = only(compared(plain(*SIX), plain(*SIX), settings={"ignore": [{"column": "*", "reason": "none"}]}))
    assert (found.verdict, found.reason) == ("error", "every column is ignored: nothing was compared")


def test_settings_that_match_nothing_are_listed(compared: Compared) -> None:
    settings = {
        "schemas": ["main", "elsewhere"],
        "year_column": "jahr",
        "exclude": ["tmp_*"],
        "keys": {"tt": ["id"]},
        "ignore": [{"table": "t", "column": "w", "reason": "r"}],
        "tolerance": [{"column": "w", "absolute": 1, "reason": "r"}],
        "allow_empty": [{"table": "u", "reason": "r"}],
    }
    unused = compared(plain(*SIX), plain(*SIX), settings=settings).unused_settings
    assert unused == (
        "allow_empty u",
        "exclude tmp_*",
        "ignore t w",
        "keys tt",
        "schemas elsewhere",
        "tolerance * w",
        "year_column jahr",
    )


def test_only_the_named_schemas_without_the_excluded_tables_are_compared(compared: Compared) -> None:
    left = plain(
        *SIX, more="CREATE SCHEMA s; CREATE TABLE s.u AS SELECT 1 AS a; CREATE TABLE tmp_x AS SELECT 1 AS a"
    )
    right = plain(*SIX, more="CREATE SCHEMA s; CREATE TABLE s.u AS SELECT 2 AS a")
    assert compared(left, right, settings={"exclude": ["tmp_*"]}).equal
    report = compared(left, right, settings={"schemas": ["s"]})
    assert [(t.name, t.verdict) for t in report.tables] == [("s.u", "different")]
    assert [t.name for t in compared(left, right).tables] == ["s.u", "t", "tmp_x"]


def test_a_schema_that_no_side_has_is_no_pass(compared: Compared) -> None:
    with pytest.raises(EvidenceError, match="no table to compare"):
        compared(plain(*SIX), plain(*SIX), settings={"schemas": ["nowhere"]})


EMPTY = "CREATE TABLE u (id INTEGER, year INTEGER);"


def test_empty_on_both_sides_is_an_error_under_a_configuration(compared: Compared) -> None:
    report = compared(plain(*SIX, more=EMPTY), plain(*SIX, more=EMPTY), settings={})
    assert [(t.verdict, t.reason) for t in report.tables] == [("equal", ""), ("error", "empty on both sides")]
    assert not report.equal
    assert not report.decided


def test_empty_on_both_sides_may_be_allowed_with_a_reason(compared: Compared) -> None:
    settings = {"allow_empty": [{"table": "u", "reason": "nobody has left yet"}]}
    report = compared(plain(*SIX, more=EMPTY), plain(*SIX, more=EMPTY), settings=settings)
    assert report.equal
    assert report.tables[1].notes == ("empty on both sides: nobody has left yet",)


def test_leave_for_one_year_is_no_leave_for_another(compared: Compared) -> None:
    settings = {"allow_empty": [{"table": "u", "years": [2025], "reason": "r"}]}
    sides = [plain(*SIX, more=EMPTY)] * 2
    assert compared(*sides, settings=settings, years=[2025]).tables[1].verdict == "equal"
    assert compared(*sides, settings=settings, years=[2025, 2026]).tables[1].verdict == "error"


def test_without_a_configuration_an_empty_table_is_equal_unless_all_are(compared: Compared) -> None:
    report = compared(plain(*SIX, more=EMPTY), plain(*SIX, more=EMPTY))
    assert report.equal
    assert report.tables[1].notes == ("empty on both sides",)
    nothing = compared(EMPTY, EMPTY)
    assert not nothing.equal
    assert not nothing.decided
    assert only(nothing).verdict == "error"


def test_a_year_on_neither_side_is_an_error_but_only_where_there_are_years(compared: Compared) -> None:
    side = plain(*SIX, more="CREATE TABLE u AS SELECT 1 AS a")
    found = compared(side, side, settings={}, years=[2025, 2026, 2027]).tables
    assert [(t.verdict, t.reason) for t in found] == [("error", "on neither side: 2027"), ("equal", "")]
    assert [(y.year, y.verdict) for y in found[0].per_year] == [
        (2025, "equal"),
        (2026, "equal"),
        (2027, "error"),
    ]
    allowed = {"allow_empty": [{"table": "t", "years": [2027], "reason": "not yet"}]}
    assert compared(side, side, settings=allowed, years=[2025, 2026, 2027]).equal


def test_the_configured_year_column_counts_and_no_other(compared: Compared) -> None:
    side = "CREATE TABLE t AS SELECT 2025 AS plan_year, 1998 AS year, {} AS v"
    found = only(compared(side.format(1), side.format(2), settings={"year_column": "plan_year"}))
    assert (found.year_column, found.years) == ("plan_year", (2025,))


def noisy(rows: list[tuple[Any, ...]], by: float) -> list[tuple[Any, ...]]:
    return [(i, year, None if v is None else v + by) for i, year, v in rows]


@pytest.mark.parametrize("keys", [{"t": ["id"]}, {}], ids=["key", "no key"])
@pytest.mark.parametrize(
    ("left", "right", "tolerance", "equal"),
    [
        (1.0, 1.0 + 1e-9, {"absolute": 1e-8}, True),
        (1.0, 1.0 + 1e-9, {"absolute": 1e-10}, False),
        (1e12, 1e12 + 1, {"relative": 1e-11}, True),
        (1e12, 1e12 + 100, {"relative": 1e-11}, False),
        (0.0, 1e-300, {"relative": 1e-6}, False),
        (-0.0, 0.0, {"absolute": 1e-9}, True),
        ("nan", "nan", {"absolute": 1e-9}, True),
        ("nan", 1.0, {"absolute": 1e9}, False),
        ("inf", "inf", {"absolute": 1e-9}, True),
        ("inf", 1e308, {"absolute": 1e9, "relative": 0.5}, False),
        ("inf", "-inf", {"absolute": 1e9, "relative": 1.0}, False),
        (None, None, {"absolute": 1e-9}, True),
        (None, 0.0, {"absolute": 1e9}, False),
        (1e308, -1e308, {"absolute": 1e9, "relative": 0.5}, False),
    ],
)
def test_tolerance(
    compared: Compared,
    keys: dict[str, list[str]],
    left: object,
    right: object,
    tolerance: dict[str, float],
    equal: bool,
) -> None:
    settings = {
        "keys": keys,
        "tolerance": [{"column": "v", "reason": "summed in another order", **tolerance}],
    }
    one, two = (plain(*SIX, (9, 2026, value)) for value in (left, right))
    found = only(compared(one, two, settings=settings))
    assert found.verdict == ("equal" if equal else "different")
    assert found.columns == (() if equal else ("v",))
    number = 0 if equal else 1
    assert (found.changed or 0) + (found.only_left or 0) == number


def test_a_tolerance_is_reported_with_what_it_let_through(compared: Compared) -> None:
    settings = {"keys": {"t": ["id"]}, "tolerance": [{"column": "v", "absolute": 0.5, "reason": "why"}]}
    found = only(compared(plain(*SIX), plain(*noisy(SIX, 0.25)), settings=settings))
    assert found.verdict == "equal"
    (allowed,) = found.tolerated
    assert (allowed.column, allowed.reason, allowed.max_absolute) == ("v", "why", 0.25)
    assert allowed.max_relative == 1.0


@pytest.mark.parametrize("keys", [{"t": ["id"]}, {}], ids=["key", "no key"])
def test_a_tolerance_hides_no_other_difference(compared: Compared, keys: dict[str, list[str]]) -> None:
    settings = {"keys": keys, "tolerance": [{"column": "v", "absolute": 0.5, "reason": "why"}]}
    right = noisy(SIX, 0.25)
    right[0] = (0, 2025, 3.0)
    right[4] = (4, 2027, 4.25)
    found = only(compared(plain(*SIX), plain(*right[:5]), settings=settings))
    assert found.years == (2025, 2026, 2027)
    assert set(found.columns) == {"v", "year"}
    if keys:
        assert (found.changed, found.only_left, found.only_right) == (2, 1, 0)
        assert {c.name: c.mismatches for c in found.per_column} == {"v": 1, "year": 1}
    else:
        assert (found.only_left, found.only_right) == (3, 2)


def test_a_tolerance_pairs_equal_rows_without_a_key_by_rank(compared: Compared) -> None:
    """1, 2 against 2, 3 with 1 allowed: pairing the equal rows would part 1 from 3."""
    left, right = [(1, 2025, 1.0), (1, 2025, 2.0)], [(1, 2025, 2.0), (1, 2025, 3.0)]
    settings = {"tolerance": [{"column": "v", "absolute": 1.0, "reason": "why"}]}
    assert compared(plain(*left), plain(*right), settings=settings).equal
    assert compared(plain(*left[::-1]), plain(*right), settings=settings).equal
    found = only(compared(plain(*left), plain(*right[:1]), settings=settings))
    assert (found.only_left, found.only_right) == (1, 0)


def test_whole_numbers_are_subtracted_before_they_are_rounded(compared: Compared) -> None:
    side = "CREATE TABLE t AS SELECT 1 AS id, {}::BIGINT AS v, {}::DECIMAL(30,10) AS d"
    settings = {"keys": {"t": ["id"]}, "tolerance": [{"column": "[vd]", "absolute": 0.5, "reason": "why"}]}
    found = only(
        compared(
            side.format(2**53, f"{10**17}.5"), side.format(2**53 + 1, f"{10**17 + 1}.25"), settings=settings
        )
    )
    assert {c.name: c.max_absolute for c in found.per_column} == {"v": 1.0, "d": 0.75}


def test_a_key_that_many_rows_share_is_not_joined_on(compared: Compared) -> None:
    """20,000 rows of one key would make 400 million pairs."""
    side = "CREATE TABLE t AS SELECT 7 AS id, (i + {})::DOUBLE AS v FROM range(20000) AS r(i)"
    settings = {"keys": {"t": ["id"]}, "tolerance": [{"column": "v", "absolute": 0.5, "reason": "why"}]}
    assert compared(side.format(0), side.format(0.25), settings=settings).equal
    found = only(compared(side.format(0), side.format(5), settings=settings))
    assert (found.verdict, found.only_left, found.only_right) == ("different", 5, 5)


def test_a_key_that_few_rows_share_is_not_trusted_either(compared: Compared) -> None:
    """Joined on `id`, every row would have a partner far away as well."""
    left = [(1, 2025, 1.0), (1, 2025, 50.0), (2, 2025, 3.0)]
    settings = {"keys": {"t": ["id"]}, "tolerance": [{"column": "v", "absolute": 0.5, "reason": "why"}]}
    assert compared(plain(*left), plain(*noisy(left[::-1], 0.25)), settings=settings).equal


def test_a_tolerance_touches_neither_the_key_nor_the_year(compared: Compared) -> None:
    settings = {"keys": {"t": ["id"]}, "tolerance": [{"column": "*", "absolute": 10, "reason": "all of it"}]}
    found = only(compared(plain((1, 2025, 1.0)), plain((1, 2026, 2.0)), settings=settings))
    assert (found.verdict, found.columns, [t.column for t in found.tolerated]) == (
        "different",
        ("year",),
        ["v"],
    )
    found = only(compared(plain((1, 2025, 1.0)), plain((2, 2025, 1.0)), settings=settings))
    assert (found.only_left, found.only_right, found.changed) == (1, 1, 0)


def test_a_memory_limit_that_is_none_is_refused(compared: Compared) -> None:
    with pytest.raises(ChangeoverError, match="is no memory limit"):
        compared(plain(*SIX), plain(*SIX), memory_limit="a lot")
