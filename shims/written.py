"""Judging a side by what it wrote: tables and rows in its DuckDB file, not what its orchestrator says.

A real predecessor swallowed exceptions and ended failed years as successes; only the rows tell.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from migrate.config import Outputs

TABLES = """
select table_schema, table_name from information_schema.tables
where table_catalog = current_database() and list_contains(?, table_schema) order by all
"""


@dataclass(frozen=True)
class Table:
    """One output: its name (with the schema unless it is the first one), its rows, its rows by year."""

    name: str
    rows: int
    years: dict[str, int] | None


@dataclass(frozen=True)
class Written:
    """What a database holds. `reason` says why it does not count as the output of the years asked for."""

    tables: tuple[Table, ...] = ()
    reason: str = ""


def written(database: Path, outputs: Outputs, years: Sequence[int]) -> Written:
    """Open the file read-only and count; never raises for what a side may have left behind."""
    import duckdb

    if not database.is_file():
        return Written(reason=f"it wrote no database ({database.name})")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            tables = tuple(_count(connection, outputs))
    except duckdb.Error as problem:
        text = " ".join(str(problem).split())[:300]
        return Written(reason=f"its database cannot be read by DuckDB {duckdb.__version__}: {text}")
    return Written(tables, _missing(tables, outputs.year_column, years))


def _count(connection: Any, outputs: Outputs) -> list[Table]:
    found = []
    for schema, name in connection.execute(TABLES, [list(outputs.schemas)]).fetchall():
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in outputs.exclude):
            continue
        table = f"{quoted(schema)}.{quoted(name)}"
        rows = connection.execute(f"select count(*) from {table}").fetchone()[0]
        columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
        years = None
        if outputs.year_column in columns:
            year = quoted(outputs.year_column)
            pairs = connection.execute(
                f"select {year}, count(*) from {table} group by 1 order by 1"
            ).fetchall()
            years = {str(value): count for value, count in pairs}
        found.append(Table(name if schema == outputs.schemas[0] else f"{schema}.{name}", rows, years))
    return found


def _missing(tables: Sequence[Table], column: str, years: Sequence[int]) -> str:
    if not tables:
        return "it wrote no table"
    if not any(table.rows for table in tables):
        return f"all {len(tables)} tables it wrote are empty"
    yearly = [table.years for table in tables if table.years is not None]
    if not yearly:
        return f"no table it wrote has the column {column} (outputs.year_column)"
    absent = [str(y) for y in years if not any(found.get(str(y)) for found in yearly)]
    return f"no table holds rows of {', '.join(absent)}" if absent else ""


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it is made of."""
    return '"' + name.replace('"', '""') + '"'


def years_differ(database: Path, outputs: Outputs, one: int, other: int) -> tuple[int, bool]:
    """Rows of year `other` in all tables, and whether they differ from those of year `one`.

    The year itself and ignored columns are left out of the comparison.
    """
    import duckdb

    rows, differ = 0, False
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in _count(connection, outputs):
            if table.years is None:
                continue
            rows += table.years.get(str(other), 0)
            first, second = (_signature(connection, outputs, table.name, year) for year in (one, other))
            differ = differ or first != second
    return rows, differ and rows > 0


def _signature(connection: Any, outputs: Outputs, name: str, year: int) -> tuple[Any, ...]:
    schema, _, plain = name.rpartition(".")
    table = f"{quoted(schema or outputs.schemas[0])}.{quoted(plain)}"
    columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
    kept = [c for c in columns if c != outputs.year_column and not _ignored(outputs, plain, c)]
    row = f"hash(row({', '.join(quoted(c) for c in kept)}))" if kept else "0"
    query = f"select count(*), sum({row}::hugeint) from {table} where {quoted(outputs.year_column)} = ?"
    found: tuple[Any, ...] = connection.execute(query, [year]).fetchone()
    return found


def _ignored(outputs: Outputs, table: str, column: str) -> bool:
    return any(
        fnmatch.fnmatchcase(table, i.table) and fnmatch.fnmatchcase(column, i.column) for i in outputs.ignore
    )
