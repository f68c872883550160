"""A Snowflake account, and connections to it that are closed after use.

Written by `migrate convert`; yours to edit.

    snowflake = SnowflakeAccount(account="abc", user="me", password=os.environ["SNOWFLAKE_PASSWORD"])
    with snowflake.get_connection() as connection:
        connection.cursor().execute("select 1")

Needs the package `snowflake-connector-python`. prefect-snowflake's `SnowflakeConnector` block keeps the same
settings on the Prefect server, if that is where you want them.

Upstream: https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-api
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from pydantic import BaseModel, Field


class SnowflakeAccount(BaseModel, populate_by_name=True):
    """The arguments of `snowflake.connector.connect`; those left at None are not passed on."""

    account: str | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None
    schema_: str | None = Field(default=None, alias="schema")
    role: str | None = None
    warehouse: str | None = None
    private_key: str | None = None
    private_key_path: str | None = None
    private_key_password: str | None = None
    autocommit: bool | None = None
    login_timeout: int | None = None
    network_timeout: int | None = None
    client_session_keep_alive: bool | None = None
    timezone: str | None = None
    authenticator: str | None = None
    additional_snowflake_connection_args: dict[str, Any] = {}

    @contextmanager
    def get_connection(self, raw_conn: bool = True) -> Iterator[Any]:
        """A connection of Snowflake's own connector, closed at the end. `raw_conn` makes no difference."""
        import snowflake.connector

        connection = snowflake.connector.connect(**self.arguments())
        try:
            yield connection
        finally:
            connection.close()

    def execute_query(
        self,
        sql: str,
        parameters: Sequence[Any] | Mapping[str, Any] | None = None,
        fetch_results: bool = False,
        use_pandas_result: bool = False,
    ) -> Any:
        """Run one statement on a connection of its own; its rows, or a frame of them, if they are wanted."""
        with self.get_connection() as connection, closing(connection.cursor()) as cursor:
            cursor.execute(sql, parameters)
            if use_pandas_result:
                return cursor.fetch_pandas_all()
            return cursor.fetchall() if fetch_results else None

    def execute_queries(
        self,
        sql_queries: Sequence[str],
        parameters: Sequence[Any] | Mapping[str, Any] | None = None,
        fetch_results: bool = False,
        use_pandas_result: bool = False,
    ) -> list[Any] | None:
        """Run statements one after the other on one connection; what each gives, if it is wanted."""
        found = []
        with self.get_connection() as connection, closing(connection.cursor()) as cursor:
            for sql in sql_queries:
                cursor.execute(sql, parameters)
                if use_pandas_result:
                    found.append(cursor.fetch_pandas_all())
                elif fetch_results:
                    found.append(cursor.fetchall())
        return found if fetch_results or use_pandas_result else None

    def arguments(self) -> dict[str, Any]:
        """What is handed to `connect`."""
        keys = {"private_key", "private_key_path", "private_key_password"}
        plain = {*keys, "schema_", "additional_snowflake_connection_args"}
        given = {k: v for k, v in self.model_dump().items() if v is not None and k not in plain}
        if self.schema_ is not None:
            given["schema"] = self.schema_
        if self.private_key or self.private_key_path:
            given["private_key"] = self._key()
        return {**given, **self.additional_snowflake_connection_args}

    def _key(self) -> bytes:
        """The private key as the connector wants it: DER, not encrypted."""
        import base64
        from pathlib import Path

        from cryptography.hazmat.primitives.serialization import (
            Encoding,
            NoEncryption,
            PrivateFormat,
            load_pem_private_key,
        )

        if self.private_key_path:
            pem = Path(self.private_key_path).read_bytes()
        else:
            pem = (self.private_key or "").encode()
            if not pem.lstrip().startswith(b"-----BEGIN"):
                pem = base64.b64decode(pem)
        secret = self.private_key_password.encode() if self.private_key_password else None
        key = load_pem_private_key(pem, password=secret)
        return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
