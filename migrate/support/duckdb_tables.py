"""Frames kept as tables of a DuckDB database: one table an asset, its rows or a partition's replaced.

Written by `migrate convert`; yours to edit.

    DuckDBTables(database="data/warehouse.duckdb")    # asset://marts/orders is the table marts.orders

What table it is, and which rows are a partition's, say `table_slices`.

Upstream: https://duckdb.org/docs/stable/guides/python/import_pandas
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import duckdb
from pydantic import BaseModel, ConfigDict, Field

from .duckdb_database import DuckDBDatabase
from .io import IOContext
from .table_slices import columns, place, where
from .validations import run_logger


class DuckDBTables(BaseModel):
    """A storage class: the database, DuckDB's settings for a connection, the schema of every table."""

    model_config = ConfigDict(populate_by_name=True)

    database: str
    connection_config: dict[str, Any] = {}
    schema_name: str | None = Field(default=None, alias="schema")

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Put the frame's rows in the place of the table's or the partition's; raises ValueError for None.

        An empty frame makes no table.
        """
        if obj is None:
            raise ValueError(f"{context.asset} is None: annotate its function with -> None to keep nothing")
        schema, table = place(context, self.schema_name)
        with self._database().get_connection() as connection:
            connection.execute(f"create schema if not exists {schema}")
            connection.register("frame_to_store", obj)
            start = f"create table {schema}.{table} as"
            with suppress(duckdb.CatalogException):
                connection.execute(f"delete from {schema}.{table}{where(context)}")
                start = f"insert into {schema}.{table}"
            if len(obj):
                connection.execute(f"{start} select * from frame_to_store")
            else:
                run_logger().warning(f"{context.asset} is an empty frame: nothing was written")

    def load_input(self, context: IOContext) -> Any:
        """The rows as a pandas frame; raises duckdb.CatalogException when the table was never stored."""
        with self._database().get_connection() as connection:
            return connection.execute(self._selected(context)).fetchdf()

    def _selected(self, context: IOContext) -> str:
        """The statement that reads the rows: of no partition at all, none."""
        schema, table = place(context, self.schema_name)
        none = context.has_partition_key and not context.asset_partition_keys
        return f"select {columns(context)} from {schema}.{table}{' where false' if none else where(context)}"

    def _database(self) -> DuckDBDatabase:
        return DuckDBDatabase(database=self.database, connection_config=self.connection_config)
