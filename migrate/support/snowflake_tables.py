"""Frames kept as tables of a Snowflake database: one table an asset, its rows or a partition's replaced.

Written by `migrate convert`; yours to edit.

    SnowflakeTables(database="WAREHOUSE", account="abc", user="me", password=os.environ["SNOWFLAKE_PASSWORD"])

`asset://marts/orders` is the table MARTS.ORDERS; what table it is, and which rows are a partition's, say
`table_slices`. Needs the package `snowflake-connector-python[pandas]`.

Upstream: https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-pandas
"""

from __future__ import annotations

from typing import Any

from .io import IOContext
from .snowflake_account import SnowflakeAccount
from .table_slices import columns, place, where
from .validations import run_logger

NO_TABLE = "does not exist or not authorized"


class SnowflakeTables(SnowflakeAccount):
    """A storage class: the account, and the database and schema of every table."""

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Put the frame's rows in the place of the table's or the partition's; raises ValueError for None.

        An empty frame leaves none, and makes no table.
        """
        if obj is None:
            raise ValueError(f"{context.asset} is None: annotate its function with -> None to keep nothing")
        schema, table = place(context, self.schema_)
        with self.get_connection() as connection:
            self._empty(connection, schema, f"{table}{where(context)}")
            if obj.empty:
                run_logger().warning(f"{context.asset} is an empty frame: nothing was written")
                return
            from snowflake.connector.pandas_tools import write_pandas

            write_pandas(
                conn=connection,
                df=obj.rename(columns=str.upper),
                table_name=table.upper(),
                schema=schema.upper(),
                database=self._database().upper(),
                auto_create_table=True,
                use_logical_type=True,
                quote_identifiers=True,
            )

    def load_input(self, context: IOContext) -> Any:
        """The table as a pandas frame with its columns in lower case."""
        schema, table = place(context, self.schema_)
        none = context.has_partition_key and not context.asset_partition_keys
        rows = f"{schema}.{table}{' where false' if none else where(context)}"
        with self.get_connection() as connection:
            cursor = connection.cursor()
            cursor.execute(f"select {columns(context)} from {self._database()}.{rows}")
            frame = cursor.fetch_pandas_all()
        frame.columns = [str(column).lower() for column in frame.columns]
        return frame

    def arguments(self) -> dict[str, Any]:
        """What is handed to `connect`: the schema is said with each table."""
        return {name: value for name, value in super().arguments().items() if name != "schema"}

    def _database(self) -> str:
        if self.database is None:
            raise ValueError("SnowflakeTables needs a database")
        return self.database

    def _empty(self, connection: Any, schema: str, table: str) -> None:
        cursor = connection.cursor()
        cursor.execute(f"create schema if not exists {self._database()}.{schema}")
        try:
            cursor.execute(f"delete from {self._database()}.{schema}.{table}")
        except Exception as problem:
            if NO_TABLE not in str(problem):
                raise
