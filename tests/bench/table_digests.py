"""Whether every subject of a benchmark left the same rows: what is not the same is not compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

Tables = Mapping[str, tuple[int, str]]
"""Table name: its rows, and a digest of them that does not depend on their order."""

MOMENTS = ("loaded_at",)
"""Columns that hold the moment a row was written."""


def digests(database: Path) -> Tables:
    """Every dbt table (schema `main`) of a database file, all columns but `MOMENTS`, as text."""
    found = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'main' order by 1"
        ).fetchall()
        for (name,) in names:
            columns = [row[0] for row in connection.execute(f'describe main."{name}"').fetchall()]
            values = ", ".join(f'"{column}"' for column in sorted(columns) if column not in MOMENTS)
            rows = connection.execute(
                f"""with digests as (select md5(row({values})::varchar)::varchar as digest from main."{name}")
                select count(*), md5(coalesce(string_agg(digest, '' order by digest), '')) from digests"""
            ).fetchone()
            assert rows is not None
            found[name] = (int(rows[0]), str(rows[1]))
    return found


def agree(tables: Mapping[str, Tables]) -> None:
    """Raise SystemExit, naming tables and subjects, unless all subjects left the same tables."""
    (first, expected), *others = tables.items()
    for subject, found in others:
        names = sorted(expected.keys() | found.keys())
        differ = [name for name in names if expected.get(name) != found.get(name)]
        if differ:
            raise SystemExit(
                f"{subject} left other rows than {first} in {', '.join(differ[:5])}"
                f"{f' and {len(differ) - 5} more' if len(differ) > 5 else ''}; nothing is reported"
            )
