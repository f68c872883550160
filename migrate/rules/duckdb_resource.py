"""`DuckDBResource` → `DuckDBDatabase`: DuckDB's own connection, closed after use, tried again while locked.

Upstream: https://duckdb.org/docs/stable/clients/python/overview
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_duckdb.DuckDBResource",
    "duckdb_database",
    "DuckDBDatabase",
    ("database", "connection_config"),
    "connects through duckdb itself; the connection no longer names Dagster as its user agent",
    "Give it to duckdb.connect in DuckDBDatabase.",
)
