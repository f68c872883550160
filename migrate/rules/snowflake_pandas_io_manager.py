"""`SnowflakePandasIOManager` → `SnowflakeTables`: the same tables, called in the open by `store` and `load`.

A partition's rows are deleted and written anew, those that `partition_expr` names; `schema` and `columns` of
the metadata count as they did. Partitions without `partition_expr` are refused: Dagster raises there too.

Upstream: https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-pandas
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = replace(
    client_rule(
        "dagster_snowflake_pandas.SnowflakePandasIOManager",
        "snowflake_tables",
        "SnowflakeTables",
        (
            *("database", "account", "user", "schema", "password", "warehouse", "role", "authenticator"),
            *("private_key", "private_key_path", "private_key_password"),
            "additional_snowflake_connection_args",
        ),
        "called at the task's edge; the same tables, through Snowflake's own connector; no metadata of rows",
        "Change SnowflakeTables.",
    ),
    class_=None,
)
