"""`@usable_as_dagster_type` → nothing: a class is one of Python's, with no name or page of Dagster's.

One with a `loader` is refused: Dagster makes such values out of a run's config.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from migrate.rules import Rule

RULE = Rule(("dagster.usable_as_dagster_type",), "value")
