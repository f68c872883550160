"""`DuckDBPolarsIOManager` → `DuckDBPolarsTables`: the same tables, called in the open by `store` and `load`.

Partitioned assets, and those whose metadata names a schema or a partition, are refused.

Upstream: https://duckdb.org/docs/stable/guides/python/polars
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = replace(
    client_rule(
        "dagster_duckdb_polars.DuckDBPolarsIOManager",
        "duckdb_polars",
        "DuckDBPolarsTables",
        ("database", "connection_config", "schema"),
        "called at the task's edge; the same tables, through duckdb itself; no metadata of rows and columns",
        "Change DuckDBPolarsTables.",
    ),
    class_=None,
)
