"""`AutomationConditionSensorDefinition`, `build_sensor_for_freshness_checks` → nothing: no sensor evaluates.

Conditions are deployments with a schedule or an event trigger of their own, and evaluate no more than that;
freshness checks run in the flows of their assets.

Upstream: https://docs.prefect.io/v3/concepts/automations
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Dropped
from migrate.reading.constructs import Construct
from migrate.rewriting.work import Work
from migrate.rules import Rule

READ = frozenset(
    {
        *("0", "1", "name", "target", "asset_selection", "tags", "run_tags", "default_status", "description"),
        *("minimum_interval_seconds", "use_user_code_server", "freshness_checks", "default_condition"),
        *("metadata", "emit_backfills"),
    }
)


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing is left."""
    work.done(construct, Dropped("each condition is a deployment with a schedule or trigger of its own"))
    return []


RULE = Rule(
    (
        "dagster.AutomationConditionSensorDefinition",
        "dagster.AutoMaterializeSensorDefinition",
        "dagster.build_sensor_for_freshness_checks",
    ),
    "call",
    READ,
    statement=statement,
)
