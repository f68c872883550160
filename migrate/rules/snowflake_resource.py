"""`SnowflakeResource` → `SnowflakeAccount`: Snowflake's own connector, closed after use.

`InsightsSnowflakeResource` is the same without what it told Dagster+ about costs.

Upstream: https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-api
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_snowflake.SnowflakeResource",
    "snowflake_account",
    "SnowflakeAccount",
    (
        "account",
        "user",
        "password",
        "database",
        "schema",
        "role",
        "warehouse",
        "private_key",
        "private_key_path",
        "private_key_password",
        "autocommit",
        "login_timeout",
        "network_timeout",
        "client_session_keep_alive",
        "timezone",
        "authenticator",
        "additional_snowflake_connection_args",
    ),
    "connects through Snowflake's own connector; install snowflake-connector-python",
    "Give it to snowflake.connector.connect in SnowflakeAccount.",
)
RULE = replace(RULE, names=(*RULE.names, "dagster_cloud.InsightsSnowflakeResource"))
