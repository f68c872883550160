"""Ways to corrupt a table, as DuckDB statements that do the same wherever they are run.

It runs in the legacy interpreter, so nothing but the standard library
and Python 3.8. A statement may say `{out}`: the folder that holds the side's outputs.

Upstream: https://docs.getdbt.com/reference/resource-properties/data-tests
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEY = re.compile(r"(^|_)(id|key|year|month|code|number|no)$", re.IGNORECASE)
"""Names of columns by which tables are joined: they stay, where only values shall be wrong."""
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
UNSIGNED = ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")
MOMENTS = ("DATE", "TIMESTAMP")
FAR = 999983
"""Added to a number or taken for one that nothing refers to; prime, so that it is seldom there by chance."""


@dataclass(frozen=True)
class Table:
    """A table, a view, or a Parquet or CSV file: how SQL calls it, and its (column, type)s, how many rows."""

    name: str
    source: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    rows: int = 0
    file: str = ""

    @property
    def short(self) -> str:
        """The last part of its name, as an asset's key would end."""
        return (
            self.name.rpartition(".")[2] if not self.file else self.name.rpartition("/")[2].partition(".")[0]
        )


@dataclass(frozen=True)
class Change:
    """One corruption of one table: what it does in words, and how."""

    table: str
    mutation: str
    statements: tuple[str, ...]


def quoted(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def is_number(kind: str) -> bool:
    """Whether a DuckDB type is one that can be negative; a list of numbers is none."""
    return kind.upper().partition("(")[0] in NUMBERS and not kind.endswith("]")


def is_moment(kind: str) -> bool:
    """Whether a DuckDB type is a date or a timestamp."""
    return kind.upper().startswith(MOMENTS) and not kind.endswith("]")


# ---- whole tables: for checks of which nothing is known ---------------------------------------


def empty(table: Table) -> tuple[str, str]:
    """No row at all."""
    return "*", "where false"


def nulls(table: Table) -> tuple[str, str]:
    """NULL in every column of every row."""
    return ", ".join(f"null::{kind} as {quoted(c)}" for c, kind in table.columns), ""


def negate(table: Table) -> tuple[str, str]:
    """Numbers change their sign, true is false."""

    def one(column: str, kind: str) -> str:
        if is_number(kind):
            return f"try_cast(-({quoted(column)}::double) as {kind}) as {quoted(column)}"
        return f"not {quoted(column)} as {quoted(column)}" if kind.upper() == "BOOLEAN" else quoted(column)

    return ", ".join(one(c, k) for c, k in table.columns), ""


def shift(table: Table) -> tuple[str, str]:
    """Numbers a long way up, dates 400 days on, texts with a tail."""
    return ", ".join(f"{shifted(c, k)} as {quoted(c)}" for c, k in table.columns), ""


def uneven(table: Table) -> tuple[str, str]:
    """The same, of every second row only: what must fit together does not any more."""
    parts = [
        f"case when row_number() over () % 2 = 0 then {shifted(c, k)} else {quoted(c)} end as {quoted(c)}"
        for c, k in table.columns
    ]
    return ", ".join(parts), ""


def constant(table: Table) -> tuple[str, str]:
    """Every row says what the first one says."""
    return ", ".join(f"first({quoted(c)}) over () as {quoted(c)}" for c, _ in table.columns), ""


def half(table: Table) -> tuple[str, str]:
    """Every second row is missing."""
    return "*", "qualify row_number() over () % 2 = 1"


def double(table: Table) -> tuple[str, str]:
    """Every row is there twice."""
    return "*", f"union all select * from {table.source}"


def last_number(table: Table) -> tuple[str, str]:
    """The last column of numbers a long way up, all others as they are: what must add up does not."""
    last = next((c for c, k in reversed(table.columns) if is_number(k)), None)
    parts = [f"{shifted(c, k)} as {quoted(c)}" if c == last else quoted(c) for c, k in table.columns]
    return ", ".join(parts), ""


def measures(table: Table) -> tuple[str, str]:
    """Numbers and dates that are no keys, each further up than the one before: no sum comes out any more."""
    return _measures(table, 1), ""


def measures_back(table: Table) -> tuple[str, str]:
    """The same, the first one furthest: what was below a limit is above it now."""
    return _measures(table, -1), ""


def _measures(table: Table, direction: int) -> str:
    chosen = [c for c, k in table.columns if (is_number(k) or is_moment(k)) and not KEY.search(c)]
    order = chosen[::direction]

    def one(column: str, kind: str) -> str:
        if column not in chosen:
            return quoted(column)
        return f"{shifted(column, kind, 1 + order.index(column))} as {quoted(column)}"

    return ", ".join(one(c, k) for c, k in table.columns)


WHOLE = {
    "empty the table": empty,
    "double the rows": double,
    "shift": shift,
    "negate": negate,
    "null every column": nulls,
    "shift every second row": uneven,
    "the first row everywhere": constant,
    "lose every second row": half,
    "shift the last number": last_number,
    "shift what is no key": measures,
    "shift what is no key, the first most": measures_back,
}
"""Mutations of a whole table, in the order in which they are tried."""


def shifted(column: str, kind: str, times: int = 1) -> str:
    """A value that is another one of the same type, `times` steps away."""
    name, upper = quoted(column), kind.upper()
    if is_number(kind) or upper in UNSIGNED:
        # A type too small for that takes another number that it can hold.
        turns = (f"{name}::double + {FAR * times}", f"-({name}::double) - 1", f"({name}::double + 1) % 100")
        return f"coalesce({', '.join(f'try_cast({turn} as {kind})' for turn in turns)})"
    if is_moment(kind):
        return f"({name} + interval {400 * times} day)::{kind}"
    if upper == "VARCHAR":
        return f"{name} || '~'"
    return f"not {name}" if upper == "BOOLEAN" else name


def whole(table: Table, mutation: str) -> list[Change]:
    """A mutation of every row of a table, a view or a file."""
    base, own = as_table(table)
    columns, rest = WHOLE[mutation](own)
    query = f"select {columns} from {own.source} {rest}"
    return [*base, Change(own.name, mutation, replaced(own, query))]


def as_table(table: Table) -> tuple[list[Change], Table]:
    """A view becomes a table before anything of it can change."""
    if table.kind != "view":
        return [], table
    statements = replaced(table, f"select * from {table.source}")
    return [Change(table.name, "", statements)], replace(table, kind="table")


def replaced(table: Table, query: str) -> tuple[str, ...]:
    """The table's content becomes a query's; a view becomes a table."""
    if table.file:
        options = "format parquet" if table.file.endswith(".parquet") else "header"
        copy = f"copy changeover_mutated to '{{out}}/{table.file}' ({options})"
        return (
            f"create or replace temp table changeover_mutated as {query}",
            copy,
            "drop table changeover_mutated",
        )
    schema = table.source.rpartition(".")[0]
    own = f"{schema}.{quoted('changeover_mutated')}"
    return (
        f"create or replace table {own} as {query}",
        f"drop {table.kind} {table.source}",
        f"alter table {own} rename to {table.source.rpartition('.')[2]}",
    )


# ---- single rows: for dbt's tests, of which the kind is known ----------------------------------


def changes_for(test: Mapping[str, Any], tables: Sequence[Table], attempt: int, row: int) -> list[Change]:
    """What breaks a dbt test: on the first attempts what its kind says, then whole tables.

    `test` is its node in dbt's manifest, `tables` those it reads, its own first; `row` is one that no
    other test's mutation uses. Empty when there is nothing left to try.
    """
    if not tables:
        return []
    if attempt < len(POINTED):
        base, own = as_table(tables[0])
        change = POINTED[attempt](own, test, row % max(own.rows, 1))
        return [*base, change] if change else whole(tables[0], ("negate", "shift the last number")[attempt])
    chosen = [tables[:1], tables[-1:]] if len(tables) > 1 else [tables]
    orders = [(part, mutation) for mutation in DBT_WHOLE for part in chosen]
    part, mutation = orders[attempt - len(POINTED)] if attempt - len(POINTED) < len(orders) else ([], "")
    return [change for table in part for change in whole(table, mutation)]


DBT_WHOLE = (
    "shift what is no key",
    "shift what is no key, the first most",
    "shift every second row",
    "empty the table",
    "double the rows",
)
DBT_ATTEMPTS = 2 + 2 * len(DBT_WHOLE)


def pointed(own: Table, test: Mapping[str, Any], row: int) -> Change | None:
    """One row, changed as the test's kind says; None when its kind does not say what is wrong."""
    about = test.get("test_metadata") or {}
    kind, column = str(about.get("name") or ""), (about.get("kwargs") or {}).get("column_name")
    at = f"where rowid = (select rowid from {own.source} order by rowid limit 1 offset {row})"
    if "unique" in kind:
        return Change(
            own.name, "one row twice", (f"insert into {own.source} select * from {own.source} {at}",)
        )
    types = dict(own.columns)
    if column not in types:
        return None
    value, words = broken_value(kind, column, types[column])
    return Change(own.name, words, (f"update {own.source} set {quoted(column)} = {value} {at}",))


def broken_value(kind: str, column: str, of: str) -> tuple[str, str]:
    """(SQL, words) of a value that a test of this kind refuses."""
    name = quoted(column)
    if kind == "not_null":
        return "null", f"one NULL in {column}"
    value = shifted(column, of)
    if is_number(of):
        low = (f"-abs({name}::double) - {FAR}", f"-abs({name}::double) - 1")
        value = f"coalesce({', '.join(f'try_cast({number} as {of})' for number in low)})"
    if kind == "relationships":
        return value, f"one {column} that refers to nothing"
    if kind == "accepted_values":
        return value, f"one {column} that is not accepted"
    return value, f"one {column} out of its range"


def pointed_up(own: Table, test: Mapping[str, Any], row: int) -> Change | None:
    """Some values of a known column, far up instead of down."""
    column = ((test.get("test_metadata") or {}).get("kwargs") or {}).get("column_name")
    types = dict(own.columns)
    if column not in types:
        return None
    statement = f"update {own.source} set {quoted(column)} = {shifted(column, types[column])}"
    return Change(own.name, f"some {column} far up", (f"{statement} where rowid % 97 = {row % 97}",))


POINTED = (pointed, pointed_up)
