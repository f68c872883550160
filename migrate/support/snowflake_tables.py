"""Frames kept as tables of a Snowflake database: one table an asset, written anew each time.

Written by `migrate convert`; yours to edit.

    SnowflakeTables(database="WAREHOUSE", account="abc", user="me", password=os.environ["SNOWFLAKE_PASSWORD"])

`asset://marts/orders` is the table MARTS.ORDERS. The schema is the one given, else the part of the key before
its last, else PUBLIC. Needs the package `snowflake-connector-python[pandas]`.

Upstream: https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-pandas
"""

from __future__ import annotations

from typing import Any

from .io import IOContext
from .snowflake_account import SnowflakeAccount
from .validations import run_logger

NO_TABLE = "does not exist or not authorized"


class SnowflakeTables(SnowflakeAccount):
    """A storage class: the account, and the database and schema of every table."""

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Put the frame's rows in the place of the table's; an empty frame leaves none, and makes no table.

        Raises ValueError for None, and for a partition.
        """
        if obj is None:
            raise ValueError(f"{context.asset} is None: annotate its function with -> None to keep nothing")
        schema, table = self._place(context)
        with self.get_connection() as connection:
            self._empty(connection, schema, table)
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
        schema, table = self._place(context)
        with self.get_connection() as connection:
            cursor = connection.cursor()
            cursor.execute(f"select * from {self._database()}.{schema}.{table}")
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

    def _place(self, context: IOContext) -> tuple[str, str]:
        if context.has_partition_key:
            raise ValueError(f"{context.asset} is partitioned, and this store writes whole tables")
        path = context.asset_key.path
        return self.schema_ or (path[-2] if len(path) > 1 else "public"), path[-1]
