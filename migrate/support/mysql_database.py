"""A MySQL database, and connections to it that are closed after use.

Written by `migrate convert`; yours to edit. Needs the package `mysql-connector-python`.

    mysql = MySQLDatabase(host="db", user="me", password=os.environ["MYSQL_PASSWORD"])
    with mysql.get_connection() as connection:
        connection.cursor().execute("select 1")

Upstream: https://dev.mysql.com/doc/connector-python/en/connector-python-connectargs.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

from .backoffs import backoff


class MySQLDatabase(BaseModel):
    """The arguments of `mysql.connector.connect`; those left at None are not passed on."""

    host: str | None = None
    port: int | None = None
    user: str
    password: str | None = None
    database: str | None = None
    additional_parameters: dict[str, Any] = {}

    @contextmanager
    def get_connection(self) -> Iterator[Any]:
        """A connection, closed at the end; asked for up to eleven times while the database refuses."""
        import mysql.connector  # type: ignore[import-not-found]

        names = ("host", "port", "user", "password", "database")
        given = {name: getattr(self, name) for name in names} | self.additional_parameters
        connection = backoff(
            mysql.connector.connect,
            retry_on=(mysql.connector.errors.DatabaseError,),
            kwargs={name: value for name, value in given.items() if value is not None},
            max_retries=10,
        )
        try:
            yield connection
        finally:
            connection.close()
