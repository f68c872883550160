"""Comparisons that are timed (area_parity.py) and judged (parity_matrix.py): ours and those of others.

Each takes two DuckDB files, a table that both hold and its key (empty: none), and tells whether it says that
they differ. Others are used as their documentation shows first, without settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from migrate.config import Outputs
from validation.parity import compare

Peer = Callable[[Path, Path, str, Sequence[str]], bool]


def changeover(
    left: Path, right: Path, table: str, key: Sequence[str], memory_limit: str | None = None, **more: Any
) -> bool:
    """Ours; `more` are settings of [outputs]. Raises where it says `error`."""
    settings = {"database": "x", "schemas": ["*"], "keys": {table: list(key)} if key else {}, **more}
    found = compare(left, right, Outputs.model_validate(settings), memory_limit=memory_limit)
    report = next(t for t in found.tables if t.name == table)
    if report.verdict == "error":
        raise ValueError(report.reason)
    return report.verdict != "equal"


def floor(left: Path, right: Path, table: str, key: Sequence[str]) -> bool:
    """No comparison: the least a comparison by key costs, a full outer join of the keys with counts."""
    first, names = key[0], ", ".join(key)
    query = f"SELECT count(*), count(l.{first}), count(r.{first}) FROM l.{table} l "
    query += f"FULL JOIN r.{table} r USING ({names})"
    with both(left, right) as connection:
        rows, one, two = connection.execute(query).fetchone() or (0, 0, 0)
    return bool(rows != one or rows != two)


def except_both_ways(left: Path, right: Path, table: str, key: Sequence[str]) -> bool:
    """`EXCEPT` in both directions, in DuckDB."""
    with both(left, right) as connection:
        return any(
            connection.execute(f"SELECT count(*) FROM (FROM {a}.{table} EXCEPT FROM {b}.{table})").fetchall()[
                0
            ][0]
            for a, b in ("lr", "rl")
        )


def pandas_merge(left: Path, right: Path, table: str, key: Sequence[str]) -> bool:
    """pandas: an outer merge on all columns, with its indicator."""
    with both(left, right) as connection:
        one, two = (connection.execute(f"FROM {side}.{table}").df() for side in "lr")
    merged = one.merge(two, how="outer", indicator=True)
    return bool((merged["_merge"] != "both").any())


def polars_join(left: Path, right: Path, table: str, key: Sequence[str]) -> bool:
    """polars: anti-joins on all columns, both ways, NULL being a value."""
    with both(left, right) as connection:
        one, two = (connection.sql(f"FROM {side}.{table}").pl() for side in "lr")
    pairs = ((one, two), (two, one))
    return any(a.join(b, on=a.columns, how="anti", nulls_equal=True).height for a, b in pairs)


def datacompy_polars(left: Path, right: Path, table: str, key: Sequence[str]) -> bool:
    """datacompy on polars, by the key or, without one, by all columns."""
    import datacompy

    with both(left, right) as connection:
        one, two = (connection.sql(f"FROM {side}.{table}").pl() for side in "lr")
    by = [k.lower() for k in key or one.columns]
    return not datacompy.PolarsCompare(one, two, join_columns=by).matches()


def both(left: Path, right: Path) -> duckdb.DuckDBPyConnection:
    """Both files in one connection, as `l` and `r`."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    for name, file in (("l", left), ("r", right)):
        connection.execute(f"ATTACH '{file}' AS {name} (READ_ONLY)")
    return connection


PEERS: Mapping[str, Peer] = {
    "changeover": changeover,
    "datacompy (polars)": datacompy_polars,
    "EXCEPT both ways": except_both_ways,
    "pandas merge": pandas_merge,
    "polars join": polars_join,
}
