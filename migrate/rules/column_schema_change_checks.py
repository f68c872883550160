"""`build_column_schema_change_checks` → a task with these checks, and a flow that runs it.

The flow starts when one of the assets was made.

They compare the columns said of each asset the last two times, under the name that Dagster's metadata has.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from migrate.rewriting.watching import deployments, watching
from migrate.rules import Rule

RULE = Rule(
    ("dagster.build_column_schema_change_checks",),
    "call",
    frozenset({"assets", "severity"}),
    statement=watching("column_schema_checks", ("severity",)),
    deployments=deployments,
)
