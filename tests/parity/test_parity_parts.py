"""Parts that no comparison of small tables reaches."""

from __future__ import annotations

from validation.parity.columns import Column
from validation.parity.difference import BITS, MANY, places
from validation.parity.fingerprint import Plan, Print, frame
from validation.parity.report import TableReport, in_order, label
from validation.parity.samples import WIDTH, cut
from validation.parity.session import session
from validation.parity.settings import Rules
from validation.parity.tolerance import crowded
from validation.parity.verdict import NO_ROW, Outcome, conclude


def test_large_tables_are_narrowed_to_buckets_without_losing_a_row() -> None:
    """Hashes of one bucket, as many on both sides: only their sum tells them apart."""
    one, two, same = 5, 5 + (1 << BITS) * 1000, 5 + (1 << BITS) * 77
    with session(None) as opened:
        for side, hashes in (("left", (one, same, same)), ("right", (two, same, same))):
            rows = ", ".join(f"(NULL, {h}::UBIGINT, {i})" for i, h in enumerate(hashes))
            opened.keep(f"{side}_hashes", f"SELECT * FROM (VALUES {rows}) AS t(y, h, i)")
        places(opened, ("left_hashes", "right_hashes"), None, MANY)
        assert opened.rows("FROM left_places") == opened.rows("FROM right_places") == [(0,)]


def test_a_key_of_many_rows_is_seen_before_it_is_joined_on() -> None:
    column = Column("k", "BIGINT")
    with session(None) as opened:
        for name, key, expected in (
            ("crowd", "i // 500", True),
            ("apart", "i", False),
            ("empty", "i", False),
        ):
            number = 0 if name == "empty" else 20_000
            table = opened.keep(name, f"SELECT {key} AS k FROM range({number}) AS r(i)")
            assert crowded(opened, Plan((column,), None), frame(table, (column,)), (0,)) is expected


def test_fingerprints_that_differ_without_a_row_that_does_are_never_equal() -> None:
    prints = {2025: Print(3, 1)}, {2025: Print(3, 2)}
    shell = TableReport("t", "error")
    found = conclude(Outcome(shell, Rules(year_column="year"), *prints, suspected=(2025,)))
    assert (found.verdict, found.years, found.reason) == ("different", (2025,), NO_ROW)


def test_years_are_numbers_where_they_can_be() -> None:
    assert [label(y) for y in (2025, "2026", "02026", "x", None, "", "²")] == [
        2025,
        2026,
        "02026",
        "x",
        None,
        "",
        "²",
    ]
    assert sorted(["x", None, 2026, 2025, ""], key=in_order) == [2025, 2026, "", "x", None]


def test_long_values_are_cut_around_their_difference() -> None:
    left, right = cut("a" * 500 + "L" + "b" * 500, "a" * 500 + "R" + "b" * 500)
    assert left is not None
    assert right is not None
    assert "L" in left
    assert "R" in right
    assert max(len(left), len(right)) <= WIDTH + 2
    assert cut("short", None) == ("short", None)
    assert cut("a" * 500, "a" * 501)[0] != cut("a" * 500, "a" * 501)[1]


def test_old_versions_of_duckdb_get_json_beside_text() -> None:
    """Before 1.4 the text of `['a, b']` and of `['a', 'b']` was the same."""
    assert "to_json" in Column("c", "VARCHAR[]", json_text=True).value("c")
    assert "to_json" not in Column("c", "VARCHAR[]").value("c")
