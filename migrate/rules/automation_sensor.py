"""`AutomationConditionSensorDefinition`, `build_sensor_for_freshness_checks` → nothing: no sensor evaluates.

A sensor's `default_condition` becomes that of each of its assets without one;
`build_asset_reconciliation_sensor` gives them an eager one. Conditions are deployments with a schedule or an
event trigger of their own, and evaluate no more than that; freshness checks run in the flows of their assets.

Upstream: https://docs.prefect.io/v3/concepts/automations
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Dropped, Manual
from migrate.reading.constructs import Construct
from migrate.reading.default_conditions import RECONCILIATION, TARGETS, given, looked_after
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

READ = frozenset(
    {
        *("0", "1", "name", "target", "asset_selection", "tags", "run_tags", "default_status", "description"),
        *("minimum_interval_seconds", "use_user_code_server", "freshness_checks", "default_condition"),
        *("metadata", "emit_backfills"),
    }
)

GIVEN = "its condition is that of each of its assets without one: a deployment with a schedule or trigger"
RECONCILED = (
    "its assets have eager deployments: each runs when what is above it was made; "
    "how long a freshness policy would have waited does not count"
)


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing is left, but where the assets it gives a condition to cannot be told."""
    if construct.path in TARGETS and given(work.model, construct) is not None:
        if not looked_after(work.model, construct)[0]:
            reason = "the assets it gives a condition to cannot be told by reading"
            remedy = "Give each asset its automation_condition, and convert again."
            return refused_statement(work, construct, updated, Manual(reason, remedy))
        older = construct.path == RECONCILIATION
        work.done(construct, Adapted(RECONCILED if older else GIVEN))
        return []
    work.done(construct, Dropped("each condition is a deployment with a schedule or trigger of its own"))
    return []


RULE = Rule(
    (
        "dagster.AutomationConditionSensorDefinition",
        "dagster.AutoMaterializeSensorDefinition",
        "dagster.build_sensor_for_freshness_checks",
        "dagster.build_asset_reconciliation_sensor",
    ),
    "call",
    READ,
    statement=statement,
)
