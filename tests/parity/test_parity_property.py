"""Random tables, random edits: the report names exactly the edits."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from validation.parity import Wish, buckets, catalog, compare, difference

NUMBERS = st.one_of(st.none(), st.sampled_from([0.0, -0.0, 1.5, float("nan"), float("inf"), -2.25]))
TEXTS = st.one_of(st.none(), st.sampled_from(["", " ", "a", "A", "a ", "\u00e9", "e\u0301", "NULL"]))
YEARS = st.sampled_from([2025, 2026, None])
LISTS = st.one_of(
    st.none(), st.lists(st.one_of(st.none(), st.sampled_from(["a", "a, b", "NULL"])), max_size=2)
)
Row = tuple[Any, ...]
ROWS = st.lists(st.tuples(YEARS, NUMBERS, TEXTS, LISTS), min_size=1, max_size=8)
COLUMNS = ("year", "number", "text", "list")
MANY = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


def same(value: object) -> str:
    """What Python's own equality gets wrong, or says of no use: NaN, -0.0, lists as keys."""
    return repr(value)


def store(file: Path, tables: list[list[Row]], key: bool) -> Path:
    file.unlink(missing_ok=True)
    with duckdb.connect(file) as connection:
        connection.execute("BEGIN")
        for number, rows in enumerate(tables):
            first = "id INTEGER PRIMARY KEY, " if key else ""
            connection.execute(
                f"CREATE TABLE t{number} ({first}year INTEGER, number DOUBLE, text VARCHAR, list VARCHAR[])"
            )
            marks = ", ".join("?" * (4 + key))
            for row in rows:
                connection.execute(f"INSERT INTO t{number} VALUES ({marks})", row)
        connection.execute("COMMIT")
    return file


@pytest.fixture(scope="module", params=["by year", "few buckets", "all rows", "copied"], autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """The ways of small tables, of large ones that differ in few rows or in many, of large views."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "by year":
            patch.setattr(buckets, "LARGE", 0)
            patch.setattr(difference, "MANY", 0)
            patch.setattr(difference, "AGAIN", 0)
            patch.setattr(buckets, "SPARSE", 0.0 if request.param == "all rows" else 1.1)
        if request.param == "copied":
            patch.setattr(catalog.Relation, "places", False)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("property")


@MANY
@given(st.lists(st.tuples(ROWS, ROWS, st.integers(0, 8)), min_size=4, max_size=4))
def test_without_a_key_the_surplus_of_both_multisets_is_found(
    folder: Path, tables: list[tuple[list[Row], list[Row], int]]
) -> None:
    lefts = [left for left, _, _ in tables]
    rights = [left[:kept] + (right if kept % 2 else right[:1]) for left, right, kept in tables]
    report = compare(store(folder / "l.duckdb", lefts, False), store(folder / "r.duckdb", rights, False))
    for found, left, right in zip(report.tables, lefts, rights, strict=True):
        one, two = (Counter(tuple(map(same, row)) for row in rows) for rows in (left, right))
        assert (found.only_left, found.only_right) == ((one - two).total(), (two - one).total())
        years = {row[0] for row in (one - two) + (two - one)}
        assert {same(y) for y in found.years} == years
        assert (found.verdict == "equal") == (one == two)
        assert (found.rows_left, found.rows_right) == (len(left), len(right))


@MANY
@given(st.lists(st.tuples(ROWS, st.data()), min_size=4, max_size=4))
def test_with_a_key_every_edit_is_named_and_nothing_else(
    folder: Path, tables: list[tuple[list[Row], Any]]
) -> None:
    lefts, rights, edits = [], [], []
    for rows, data in tables:
        left = dict(enumerate(rows))
        right, cells = dict(left), {}
        for number in data.draw(st.sets(st.sampled_from(sorted(left)))):
            column = data.draw(st.integers(0, 3))
            value = data.draw((YEARS, NUMBERS, TEXTS, LISTS)[column])
            row = left[number]
            right[number] = (*row[:column], value, *row[column + 1 :])
            if same(value) != same(row[column]):
                cells[number] = column
        gone = data.draw(st.sets(st.sampled_from(sorted(left)), max_size=2))
        for number in gone:
            del right[number]
            cells.pop(number, None)
        more = data.draw(st.integers(0, 2))
        right |= {100 + n: rows[0] for n in range(more)}
        lefts.append([(number, *row) for number, row in left.items()])
        rights.append([(number, *row) for number, row in reversed(right.items())])
        edits.append((cells, gone, more))
    report = compare(
        store(folder / "l.duckdb", lefts, True),
        store(folder / "r.duckdb", rights, True),
        wish=Wish(samples=50),
    )
    for found, (cells, gone, more) in zip(report.tables, edits, strict=True):
        assert (found.changed, found.only_left, found.only_right) == (len(cells), len(gone), more)
        counted = Counter(COLUMNS[column] for column in cells.values())
        assert {c.name: c.mismatches for c in found.per_column} == counted
        assert set(found.columns) == set(counted)
        shown = {(s.kind, s.key["id"]) for s in found.samples}
        expected = {("changed", str(n)) for n in cells} | {("only_left", str(n)) for n in gone}
        assert shown == expected | {("only_right", str(100 + n)) for n in range(more)}


@MANY
@given(st.lists(LISTS, min_size=2, max_size=12))
def test_nested_values_agree_where_and_only_where_python_says_so(folder: Path, values: list[Any]) -> None:
    """Each pair of values is a table of its own: text must not make two lists one."""
    lefts: list[list[Row]] = [[(2025, None, None, v)] for v in values]
    rights = [*lefts[1:], lefts[0]]
    report = compare(store(folder / "l.duckdb", lefts, False), store(folder / "r.duckdb", rights, False))
    found = {t.name: t.verdict for t in report.tables}
    for number, (left, right) in enumerate(zip(lefts, rights, strict=True)):
        assert (found[f"t{number}"] == "equal") == (left == right)


HALVES = st.sampled_from([0, 1, 7, 2**32, 2**63, 2**64 - 1])
KINDS = {
    "UHUGEINT": lambda n: str(n),
    "HUGEINT": lambda n: str(n - 2**127),
    "DECIMAL(38,0)": lambda n: str(n % 10**38 - 5 * 10**37),
    "UUID": lambda n: f"'{uuid.UUID(int=n)}'",
    "STRUCT(a HUGEINT, b UUID)": lambda n: f"{{'a': {n - 2**127}, 'b': '{uuid.UUID(int=n)}'}}",
}


@MANY
@given(st.lists(st.tuples(HALVES, HALVES), min_size=6, max_size=12))
@example([(0, 0), (0, 1), (0, 0)])  # the hash of a row of zeros is 0
def test_numbers_of_128_bits_agree_where_and_only_where_their_halves_do(
    folder: Path, halves: list[tuple[int, int]]
) -> None:
    """DuckDB's hash of them is an exclusive-or of the halves: equal or swapped halves look alike."""
    lefts = [high * 2**64 + low for high, low in halves]
    rights = [*lefts[1:], lefts[0]]
    for name, values in (("l", lefts), ("r", rights)):
        (folder / f"{name}.duckdb").unlink(missing_ok=True)
        with duckdb.connect(folder / f"{name}.duckdb") as connection:
            for kind, literal in KINDS.items():
                table = f'"{kind}"'
                connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, v {kind})")
                rows = ", ".join(f"({n}, {literal(v)})" for n, v in enumerate(values))
                connection.execute(f"INSERT INTO {table} VALUES {rows}")
    report = compare(folder / "l.duckdb", folder / "r.duckdb")
    changed = sum(one != two for one, two in zip(lefts, rights, strict=True))
    assert {t.name: t.changed for t in report.tables} == dict.fromkeys(KINDS, changed)
