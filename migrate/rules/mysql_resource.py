"""`MySQLResource` → `MySQLDatabase`: connections of MySQL's own connector, closed after use.

Upstream: https://dev.mysql.com/doc/connector-python/en/connector-python-connectargs.html
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_mysql.MySQLResource",
    "mysql_database",
    "MySQLDatabase",
    ("host", "port", "user", "password", "database", "additional_parameters"),
    "connects through MySQL's own connector; install mysql-connector-python",
    "Give it to mysql.connector.connect in MySQLDatabase.",
)
