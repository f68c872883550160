"""A DuckDB database file, and connections to it that are closed after use.

Written by `migrate convert`; yours to edit.

    database = DuckDBDatabase(database="data/warehouse.duckdb")
    with database.get_connection() as connection:
        connection.execute("select 1")

DuckDB lets one process write at a time: a file that is locked is tried again for some two minutes.

Upstream: https://duckdb.org/docs/stable/clients/python/overview
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
from pydantic import BaseModel

TRIES = 11


class DuckDBDatabase(BaseModel):
    """Where the database is (a path, or `:memory:`), and DuckDB's own settings for a connection."""

    database: str
    connection_config: dict[str, Any] = {}

    @contextmanager
    def get_connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection for writing, closed at the end; raises duckdb.IOException when it stays locked."""
        connection = self._connect()
        try:
            yield connection
        finally:
            connection.close()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        for attempt in range(1, TRIES):
            try:
                return duckdb.connect(self.database, read_only=False, config=self.connection_config)
            except (RuntimeError, duckdb.IOException):
                time.sleep(0.1 * 2**attempt)
        return duckdb.connect(self.database, read_only=False, config=self.connection_config)
