"""Faults to seed into a copy of a table: each changes what is compared, or says why it cannot be applied.

A fault reads the table to find a row that it really changes, and reads it again afterwards: what did not
change anything was no fault. Rows and columns are chosen by the table's name, so that a repetition seeds
the same faults.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validation.sql import identifier

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
UNSIGNED = ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")
FLOATS = ("FLOAT", "DOUBLE")
NARROWER = {
    **dict(zip(WHOLE[1:], WHOLE, strict=False)),
    **dict(zip(UNSIGNED[1:], UNSIGNED, strict=False)),
    "DOUBLE": "FLOAT",
    "TIMESTAMP": "DATE",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
}
ZERO = {"VARCHAR": "''", "BOOLEAN": "false", "DATE": "DATE '1970-01-01'", "TIMESTAMP": "TIMESTAMP 'epoch'"}


class NotApplicable(Exception):
    """Why a fault cannot be seeded into a table."""


@dataclass(frozen=True)
class Target:
    """A table of the copy: its SQL name, the columns that are compared exactly with their types, its year."""

    name: str
    source: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...] = ()
    year: str | None = None

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The columns to change a cell of: year and key last, because they are faults of their own."""
        fixed = {*self.key, self.year}
        return [c for c in self.columns if c[0] not in fixed] + [c for c in self.columns if c[0] in fixed]

    def pick(self, salt: str, among: int) -> int:
        """A number below `among` that depends on the table and `salt` alone."""
        return int(hashlib.sha256(f"{self.name}/{salt}".encode()).hexdigest()[:12], 16) % among


def one_cell(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """Another value in one cell."""
    row = _row(connection, target, "cell")
    cells = target.cells
    others = [c for c in cells if c[0] not in {*target.key, target.year}]
    start = target.pick("column", len(others)) if others else 0
    for column, kind in cells[start:] + cells[:start]:
        if _update(connection, target, column, _other_value(identifier(column), kind), row):
            return f"{column} of row {row}"
    raise NotApplicable("no column whose value could be changed")


def row_dropped(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """One row less."""
    row = _row(connection, target, "drop")
    connection.execute(f"DELETE FROM {target.source} WHERE rowid = {row}")
    return f"row {row}"


def row_doubled(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """One row twice."""
    row = _row(connection, target, "double")
    connection.execute(f"INSERT INTO {target.source} SELECT * FROM {target.source} WHERE rowid = {row}")
    return f"row {row}"


def years_swapped(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """Two rows of different years trade places."""
    year = _year(target)
    years = [
        r[0]
        for r in _all(
            connection, f"SELECT DISTINCT {year} FROM {target.source} WHERE {year} IS NOT NULL ORDER BY 1"
        )
    ]
    if len(years) < 2:
        raise NotApplicable("rows of one year only")
    rest = [identifier(c) for c, _ in target.columns if c != target.year]
    if not rest:
        raise NotApplicable("no column beside the year")
    unlike = " OR ".join(f"a.{c} IS DISTINCT FROM b.{c}" for c in rest)
    head = f"(SELECT rowid AS place, * FROM {target.source} WHERE {year} = ? ORDER BY rowid LIMIT 50)"
    found = _all(
        connection, f"SELECT a.place, b.place FROM {head} a, {head} b WHERE {unlike} LIMIT 1", years[:2]
    )
    if not found:
        raise NotApplicable("its rows differ in nothing but the year")
    one, two = found[0]
    swapped = f"CASE rowid WHEN {one} THEN ? ELSE ? END"
    connection.execute(
        f"UPDATE {target.source} SET {year} = {swapped} WHERE rowid IN ({one}, {two})",
        [years[1], years[0]],
    )
    return f"row {one} of {years[0]} and row {two} of {years[1]}"


def column_narrowed(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """A smaller type that still holds a column's values; of text, the longest value cut by a character."""
    _row(connection, target, "narrow")
    for column, kind in target.cells:
        smaller = _narrower(kind)
        cell = identifier(column)
        if smaller and not _all(
            connection,
            f"SELECT 1 FROM {target.source} "
            f"WHERE {cell} IS NOT NULL AND TRY_CAST({cell} AS {smaller}) IS NULL LIMIT 1",
        ):
            _rebuilt(connection, target, f"{cell}::{smaller} AS {cell}")
            return f"{column} from {kind} to {smaller}"
    for column, kind in target.cells:
        cell = identifier(column)
        (longest,) = (
            _all(connection, f"SELECT max(length({cell})) FROM {target.source}")[0]
            if kind == "VARCHAR"
            else (0,)
        )
        if longest:
            connection.execute(
                f"UPDATE {target.source} SET {cell} = left({cell}, {longest - 1}) "
                f"WHERE length({cell}) = {longest}"
            )
            return f"{column} cut to {longest - 1} characters"
    raise NotApplicable("no column has a smaller type that holds its values")


def digit_rounded(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """One number rounded by as little as changes it."""
    for column, kind in target.cells:
        if not _number(kind) or column == target.year:
            continue
        cell = identifier(column)
        finite = f"isfinite({cell})" if kind in FLOATS else f"{cell} IS NOT NULL"
        for digits in range(_scale(kind), -3, -1):
            changed = f"{finite} AND round({cell}, {digits}) <> {cell}"
            rows = _all(
                connection, f"SELECT rowid FROM {target.source} WHERE {changed} ORDER BY rowid LIMIT 1"
            )
            if rows and _update(connection, target, column, f"round({cell}, {digits})", rows[0][0]):
                return f"{column} of row {rows[0][0]} to {digits} digits"
    raise NotApplicable("no number that rounding changes")


def null_to_zero(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """One NULL becomes 0, or what stands for it in text, dates and booleans."""
    for column, kind in target.cells:
        zero = "0" if _number(kind) else ZERO.get(kind)
        cell = identifier(column)
        rows = _all(
            connection, f"SELECT rowid FROM {target.source} WHERE {cell} IS NULL ORDER BY rowid LIMIT 1"
        )
        if zero and rows and _update(connection, target, column, zero, rows[0][0]):
            return f"{column} of row {rows[0][0]}"
    raise NotApplicable("no NULL in a column that is compared")


def year_shifted(connection: duckdb.DuckDBPyConnection, target: Target) -> str:
    """All rows of the last year move to the next one."""
    year = _year(target)
    kind = dict(target.columns)[target.year or ""]
    last = _all(connection, f"SELECT max(TRY_CAST({year} AS INTEGER)) FROM {target.source}")[0][0]
    if last is None or kind not in (*WHOLE, *UNSIGNED, "VARCHAR"):
        raise NotApplicable("its year is no number")
    connection.execute(
        f"UPDATE {target.source} SET {year} = {last + 1} WHERE TRY_CAST({year} AS INTEGER) = {last}"
    )
    return f"{last} to {last + 1}"


FAULTS: dict[str, Callable[[duckdb.DuckDBPyConnection, Target], str]] = {
    "one cell": one_cell,
    "row dropped": row_dropped,
    "row doubled": row_doubled,
    "rows swapped between years": years_swapped,
    "column narrowed": column_narrowed,
    "digit rounded": digit_rounded,
    "NULL turned into 0": null_to_zero,
    "year shifted": year_shifted,
}
"""What is seeded, in the order of the report."""


def _all(
    connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None
) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = connection.execute(sql, values or []).fetchall()
    return found


def _row(connection: duckdb.DuckDBPyConnection, target: Target, salt: str) -> int:
    rows = _all(connection, f"SELECT count(*) FROM {target.source}")[0][0]
    if not rows:
        raise NotApplicable("the table is empty")
    place = target.pick(salt, rows)
    return int(
        _all(connection, f"SELECT rowid FROM {target.source} ORDER BY rowid LIMIT 1 OFFSET {place}")[0][0]
    )


def _year(target: Target) -> str:
    if target.year is None:
        raise NotApplicable("no year column")
    return identifier(target.year)


def _update(connection: duckdb.DuckDBPyConnection, target: Target, column: str, value: str, row: int) -> bool:
    """Set one cell; whether it reads otherwise afterwards. A value that does not fit is none."""
    import duckdb

    cell, read = (
        identifier(column),
        f"SELECT {identifier(column)}::VARCHAR FROM {target.source} WHERE rowid = {row}",
    )
    before = _all(connection, read)
    try:
        connection.execute(f"UPDATE {target.source} SET {cell} = {value} WHERE rowid = {row}")
    except duckdb.Error:
        return False
    return _all(connection, read) != before


def _rebuilt(connection: duckdb.DuckDBPyConnection, target: Target, replaced: str) -> None:
    connection.execute(
        f"CREATE OR REPLACE TABLE {target.source} AS SELECT * REPLACE ({replaced}) FROM {target.source}"
    )


def _number(kind: str) -> bool:
    return kind in (*WHOLE, *UNSIGNED, *FLOATS) or kind.startswith("DECIMAL")


def _scale(kind: str) -> int:
    """The first number of digits to round to: one less than there are, as far as the type tells."""
    if kind.startswith("DECIMAL("):
        return int(kind.rstrip(")").split(",")[1]) - 1
    return 12 if kind in FLOATS else -1


def _narrower(kind: str) -> str | None:
    if kind.startswith("DECIMAL("):
        width, scale = (int(part) for part in kind[8:-1].split(","))
        return f"DECIMAL({width - 1},{scale})" if width - 1 > scale else None
    return NARROWER.get(kind)


def _other_value(cell: str, kind: str) -> str:
    """SQL of a value that is not the cell's own."""
    if kind in FLOATS:
        return f"CASE WHEN {cell} IS NULL OR NOT isfinite({cell}) OR {cell} = 0 THEN 1 ELSE {cell} / 2 END"
    if _number(kind):
        return f"coalesce(TRY_CAST({cell} + 1 AS {kind}), TRY_CAST({cell} - 1 AS {kind}), 1)"
    if kind == "VARCHAR":
        return f"coalesce({cell}, '') || '~'"
    if kind == "BOOLEAN":
        return f"NOT coalesce({cell}, false)"
    if kind == "DATE":
        return f"coalesce({cell} + 1, DATE '2000-01-01')"
    if kind.startswith("TIMESTAMP"):
        return f"coalesce({cell} + INTERVAL 1 SECOND, {kind} '2000-01-01 00:00:00')"
    return "NULL"
