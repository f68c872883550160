"""The outputs as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import mutations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def tables_in(database: Path, out: Path) -> Iterator[Any]:
    """Tables and views of the DuckDB file, and Parquet and CSV files, with columns and numbers of rows."""
    import duckdb

    with duckdb.connect(str(database)) as connection:
        listed = connection.execute(
            "select table_schema, table_name, table_type from information_schema.tables "
            "where table_catalog = current_database() order by all"
        ).fetchall()
        for schema, name, kind in listed:
            source = f"{mutations.quoted(schema)}.{mutations.quoted(name)}"
            word = "view" if kind == "VIEW" else "table"
            yield described(connection, f"{schema}.{name}", source, word, "")
        for file in sorted(p for p in out.rglob("*") if p.suffix in (".parquet", ".csv")):
            relative = file.relative_to(out).as_posix()
            yield described(connection, relative, f"'{{out}}/{relative}'", "file", str(out))


def described(connection: Any, name: str, source: str, kind: str, out: str) -> Any:
    """A table with its columns."""
    real = source.replace("{out}", out)
    columns = tuple((c[0], c[1]) for c in connection.execute(f"describe select * from {real}").fetchall())
    rows = connection.execute(f"select count(*) from {real}").fetchone()[0]
    return mutations.Table(name, source, kind, columns, rows, name if kind == "file" else "")
