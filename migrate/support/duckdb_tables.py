"""Frames kept as tables of a DuckDB database: one table an asset, written anew each time.

Written by `migrate convert`; yours to edit.

    DuckDBTables(database="data/warehouse.duckdb")    # asset://marts/orders is the table marts.orders

The table is the key's last part. The schema is the one given, else the part before it, else `public`.

Upstream: https://duckdb.org/docs/stable/guides/python/import_pandas
"""

from __future__ import annotations

from typing import Any

import duckdb
from pydantic import BaseModel, ConfigDict, Field

from .duckdb_database import DuckDBDatabase
from .io import IOContext


class DuckDBTables(BaseModel):
    """A storage class: the database, DuckDB's settings for a connection, the schema of every table."""

    model_config = ConfigDict(populate_by_name=True)

    database: str
    connection_config: dict[str, Any] = {}
    schema_name: str | None = Field(default=None, alias="schema")

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Put the frame's rows in the place of the table's; raises ValueError for None."""
        if obj is None:
            raise ValueError(f"{context.asset} is None: annotate its function with -> None to keep nothing")
        schema, table = self._place(context)
        with self._database().get_connection() as connection:
            connection.execute(f"create schema if not exists {schema}")
            connection.register("frame_to_store", obj)
            try:
                connection.execute(f"delete from {schema}.{table}")
            except duckdb.CatalogException:
                connection.execute(f"create table {schema}.{table} as select * from frame_to_store")
            else:
                connection.execute(f"insert into {schema}.{table} select * from frame_to_store")

    def load_input(self, context: IOContext) -> Any:
        """The table as a pandas frame; raises duckdb.CatalogException when it was never stored."""
        schema, table = self._place(context)
        with self._database().get_connection() as connection:
            return connection.execute(f"select * from {schema}.{table}").fetchdf()

    def _database(self) -> DuckDBDatabase:
        return DuckDBDatabase(database=self.database, connection_config=self.connection_config)

    def _place(self, context: IOContext) -> tuple[str, str]:
        if context.has_partition_key:
            raise ValueError(f"{context.asset} is partitioned, and this store writes whole tables")
        path = context.asset_key.path
        return self.schema_name or (path[-2] if len(path) > 1 else "public"), path[-1]
