"""`build_metadata_bounds_checks` → a task with these checks, and a flow that runs it.

The flow starts when one of the assets was made.

They look at the number said of each asset the last time, by the same bounds.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from migrate.rewriting.watching import deployments, watching
from migrate.rules import Rule

READ = ("metadata_key", "min_value", "max_value", "exclusive_min", "exclusive_max", "severity")

RULE = Rule(
    ("dagster.build_metadata_bounds_checks",),
    "call",
    frozenset({"assets", *READ}),
    statement=watching("metadata_bounds_checks", READ),
    deployments=deployments,
)
