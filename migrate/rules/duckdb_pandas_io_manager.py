"""`DuckDBPandasIOManager` → `DuckDBTables`: the same tables, called in the open by `store` and `load`.

A partition's rows are deleted and written anew, those that `partition_expr` names; `schema` and `columns` of
the metadata count as they did. Partitions without `partition_expr` are refused: Dagster raises there too.

Upstream: https://duckdb.org/docs/stable/guides/python/import_pandas
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = replace(
    client_rule(
        "dagster_duckdb_pandas.DuckDBPandasIOManager",
        "duckdb_tables",
        "DuckDBTables",
        ("database", "connection_config", "schema"),
        "called at the task's edge; the same tables, through duckdb itself; no metadata of rows and columns",
        "Change DuckDBTables.",
    ),
    class_=None,
)
