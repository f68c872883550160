"""Lineage kept in DuckDB, next to the ledger: the graph as last read, and every making ever recorded.

Records of runs are only added, so that they outlive pruned runs and Prefect's own retention of events.
Anybody may ask the file with SQL: tables `nodes`, `edges`, `column_edges`, `made` and `about`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from migrate.lineage.graph import ColumnEdge, Edge, Lineage, Made, Node

VERSION = "1"
LISTS = {"sides": "varchar[]", "columns": "varchar[]", "years": "integer[]"}
TABLES: tuple[tuple[str, type, dict[str, str]], ...] = (
    ("nodes", Node, {**LISTS, "line": "integer", "difference": "boolean"}),
    ("edges", Edge, {"line": "integer", "sides": "varchar[]", "difference": "boolean", "hidden": "boolean"}),
    ("column_edges", ColumnEdge, {"across_years": "boolean"}),
    (
        "made",
        Made,
        {
            "year": "integer",
            "ok": "boolean",
            "rows": "bigint",
            "versions": "json",
            "checks_passed": "varchar[]",
            "checks_failed": "varchar[]",
        },
    ),
)  # fmt: skip
KEY = ("run", "node", "side", "year", "finished")


def save(file: Path, lineage: Lineage, signature: str, content: str = "") -> None:
    """Replace the graph, add what is new of the runs.

    `signature` tells later whether everything still holds, `content` whether the graph does.

    Raises:
        OSError: the folder cannot be written.
    """
    import duckdb

    file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.begin()
        connection.execute("create table if not exists about (name varchar primary key, value varchar)")
        for table, kind, types in TABLES:
            columns = ", ".join(f'"{f.name}" {types.get(f.name, "varchar")}' for f in fields(kind))
            begin = "create table if not exists" if table == "made" else "create or replace table"
            connection.execute(f"{begin} {table} ({columns})")
        _insert(connection, "nodes", lineage.nodes.values())
        _insert(connection, "edges", lineage.edges)
        _insert(connection, "column_edges", lineage.columns)
        known = set(connection.execute(f"select {', '.join(map(_quoted, KEY))} from made").fetchall())
        _insert(
            connection, "made", [m for m in lineage.runs if tuple(getattr(m, k) for k in KEY) not in known]
        )
        for name, value in (("version", VERSION), ("signature", signature), ("content", content)):
            connection.execute("insert or replace into about values (?, ?)", [name, value])
        connection.commit()


def _quoted(name: str) -> str:
    return f'"{name}"'


def _insert(connection: Any, table: str, rows: Iterable[Any]) -> None:
    """Rows as one JSON document: DuckDB reads it at once, one by one would take seconds for a large graph."""
    names = [f.name for f in fields(next(k for t, k, _ in TABLES if t == table))]
    records = [{name: _plain(getattr(row, name)) for name in names} for row in rows]
    if not records:
        return
    types = next(t for name, _, t in TABLES if name == table)
    shape = {name: types.get(name, "varchar") for name in names}
    listed = {name for name, kind in shape.items() if kind.endswith("[]")}
    wanted = json.dumps(
        [{n: [k.upper().removesuffix("[]")] if n in listed else k.upper() for n, k in shape.items()}]
    )
    columns = ", ".join(f'r."{name}"' for name in names)
    connection.execute(
        f"insert into {table} select {columns} from (select unnest(from_json(?::json, ?)) as r)",
        [json.dumps(records), wanted],
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else dict(value) if hasattr(value, "keys") else value


def load(file: Path, signature: str | None = None, content: str | None = None) -> Lineage | None:
    """The stored graph with all recorded runs; None when there is none, or it is of other files."""
    import duckdb

    if not file.is_file():
        return None
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            about = dict(connection.execute("select name, value from about").fetchall())
            wanted = {"version": VERSION, "signature": signature, "content": content}
            if any(value is not None and about.get(name) != value for name, value in wanted.items()):
                return None
            found = {table: _rows(connection, table, kind) for table, kind, _ in TABLES}
    except duckdb.Error:
        return None
    nodes = {node.id: node for node in found["nodes"]}
    return Lineage(nodes, tuple(found["edges"]), tuple(found["column_edges"]), tuple(found["made"]))


def history(file: Path) -> tuple[Made, ...]:
    """Every recorded making, of whatever graph."""
    found = load(file)
    return found.runs if found else ()


def _rows(connection: Any, table: str, kind: type) -> Sequence[Any]:
    names = [f.name for f in fields(kind)]
    rows = connection.execute(f"select {', '.join(map(_quoted, names))} from {table}").fetchall()
    return [kind(*(_value(name, value) for name, value in zip(names, row, strict=True))) for row in rows]


def _value(name: str, value: Any) -> Any:
    if name == "versions":
        return json.loads(value or "{}")
    return tuple(value) if isinstance(value, list) else value
