"""Renamed columns, filters, and generated identifiers compared through a natural key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from validation.parity import ParityReport

Compared = Callable[..., ParityReport]
WHY = "two runs never share it"


def hires(*ids: str, events: str) -> str:
    """Two people with generated ids, and events that refer to them."""
    people = [f"('{ids[0]}', 'Ann', 1)", f"('{ids[1]}', 'Bob', 2)"]
    return (
        "CREATE TABLE hires (id VARCHAR PRIMARY KEY, name VARCHAR, born INTEGER); "
        f"INSERT INTO hires VALUES {', '.join(people)}; "
        f"CREATE TABLE events (hire VARCHAR, what VARCHAR); INSERT INTO events VALUES {events}"
    )


IDENTIFIER = {
    "table": "hires",
    "column": "id",
    "by": ["name", "born"],
    "references": ["events.hire"],
    "reason": WHY,
}


def verdicts(report: ParityReport) -> dict[str, str]:
    return {t.name: t.verdict for t in report.tables}


def test_generated_identifiers_are_compared_through_their_natural_key(compared: Compared) -> None:
    left = hires("a1", "a2", events="('a1', 'hired'), ('a2', 'hired'), (NULL, 'closed')")
    right = hires("z9", "z8", events="('z8', 'hired'), ('z9', 'hired'), (NULL, 'closed')")
    assert verdicts(compared(left, right, settings={})) == {"events": "different", "hires": "different"}
    found = compared(left, right, settings={"identifier": [IDENTIFIER]})
    assert verdicts(found) == {"events": "equal", "hires": "equal"}
    assert [(i.column, i.table, i.by, i.reason) for i in found.tables[0].identified] == [
        ("hire", "hires", ("name", "born"), WHY)
    ]


@pytest.mark.parametrize(
    ("events", "differs"),
    [
        pytest.param("('z9', 'hired'), ('z9', 'hired')", "events", id="a reference to another row"),
        pytest.param("('z9', 'hired'), ('nobody', 'hired')", "events", id="a reference to no row"),
        pytest.param("('z9', 'hired'), (NULL, 'hired')", "events", id="a reference lost"),
        pytest.param("('z9', 'hired'), ('z8', 'fired')", "events", id="another column"),
    ],
)
def test_a_random_identifier_hides_no_difference(compared: Compared, events: str, differs: str) -> None:
    left = hires("a1", "a2", events="('a1', 'hired'), ('a2', 'hired')")
    found = compared(left, hires("z9", "z8", events=events), settings={"identifier": [IDENTIFIER]})
    assert verdicts(found) == {"events": "equal", "hires": "equal"} | {differs: "different"}


def test_a_natural_key_that_is_none_is_no_pass(compared: Compared) -> None:
    side = hires("a1", "a2", events="('a1', 'hired')").replace("'Bob', 2", "'Ann', 1")
    found = compared(side, side, settings={"identifier": [IDENTIFIER]})
    assert verdicts(found) == {"events": "error", "hires": "error"}
    assert "is no natural key of hires" in found.tables[0].reason


def test_an_identifier_of_another_type_stays_a_difference(compared: Compared) -> None:
    left = "CREATE TABLE hires AS SELECT 1 AS id, 'a' AS name, 1 AS born"
    right = "CREATE TABLE hires AS SELECT 1::BIGINT AS id, 'a' AS name, 1 AS born"
    assert verdicts(compared(left, right, settings={"identifier": [IDENTIFIER]})) == {"hires": "schema"}


def test_a_renamed_column_is_compared(compared: Compared) -> None:
    rule = {"table": "t", "left": "pay", "right": "salary", "reason": "agreed with finance"}
    left = "CREATE TABLE t (id INTEGER PRIMARY KEY, pay INTEGER); INSERT INTO t VALUES (1, 5)"
    right = left.replace("pay", "salary")
    found = compared(left, right, settings={"rename": [rule]})
    assert verdicts(found) == {"t": "equal"}
    assert found.to_json()["tables"][0]["renamed"] == [
        {"left": "pay", "right": "salary", "reason": "agreed with finance"}
    ]
    changed = compared(left, right.replace("(1, 5)", "(1, 6)"), settings={"rename": [rule]}).tables[0]
    assert (changed.verdict, changed.columns, changed.changed) == ("different", ("pay",), 1)
    assert compared(left, left, settings={"rename": [rule]}).unused_settings == (
        "rename t pay",
        "year_column year",
    )


def test_a_filter_counts_what_it_leaves_out(compared: Compared) -> None:
    rule: dict[str, Any] = {"table": "t", "where": "NOT test_row -- ours", "reason": "probes of ours"}
    left = "CREATE TABLE t (v INTEGER, test_row BOOLEAN); INSERT INTO t VALUES (1, false), (9, true)"
    right = (
        "CREATE TABLE t (v INTEGER, test_row BOOLEAN); INSERT INTO t VALUES (1, false), (7, true), (8, NULL)"
    )
    found = compared(left, right, settings={"filter": [rule]}).tables[0]
    assert (found.verdict, found.filtered[0].left, found.filtered[0].right) == ("equal", 1, 2)
    rule["where"] = "v > 100"
    assert compared(left, left, settings={"filter": [rule]}).tables[0].verdict == "error"
    rule["where"] = "no_such_column"
    assert "no_such_column" in compared(left, left, settings={"filter": [rule]}).tables[0].reason


def test_a_filter_that_closes_its_bracket_adds_no_rows(compared: Compared) -> None:
    added = {"table": "t", "where": "false) UNION ALL (SELECT 1, 2", "reason": "why"}
    made = "CREATE TABLE t AS SELECT 1 AS id, {} AS v"
    (found,) = compared(made.format(1), made.format(2), settings={"filter": [added]}).tables
    assert (found.verdict, "the filter is no condition" in found.reason) == ("error", True)
