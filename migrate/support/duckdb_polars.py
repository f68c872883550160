"""Polars frames kept as tables of a DuckDB database: one table an asset, written anew each time.

Written by `migrate convert`; yours to edit.

    DuckDBPolarsTables(database="data/warehouse.duckdb")    # asset://marts/orders is the table marts.orders

Upstream: https://duckdb.org/docs/stable/guides/python/polars
"""

from __future__ import annotations

from typing import Any

from .duckdb_tables import DuckDBTables
from .io import IOContext


class DuckDBPolarsTables(DuckDBTables):
    """A storage class like DuckDBTables, for polars; a lazy frame is collected before it is written."""

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Put the frame's rows in the place of the table's; raises ValueError for None."""
        frame = obj.collect() if hasattr(obj, "collect") else obj
        super().handle_output(context, frame if frame is None else frame.to_arrow())

    def load_input(self, context: IOContext) -> Any:
        """The table as a polars frame; raises duckdb.CatalogException when it was never stored."""
        with self._database().get_connection() as connection:
            return connection.sql(self._selected(context)).pl()
