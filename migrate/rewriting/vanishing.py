"""Statements that only spoke to Dagster's loader: what they said is in the flows and in prefect.yaml."""

from __future__ import annotations

from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.values import Called, Decorated, flat
from migrate.rewriting.work import Work

READ = (
    *("dagster.AssetSelection", "dagster.CheckSelection", "dagster_dbt.DbtManifestAssetSelection"),
    *("dagster.Definitions", "dagster.load_", "dagster_dbt.build_dbt_asset_selection"),
    *("dagster.AutomationCondition", "dagster.AutoMaterializePolicy", "dagster.FreshnessPolicy"),
    *("dagster.BackfillPolicy", "dagster.LegacyFreshnessPolicy", "dagster.AnchorBasedFilePathMapping"),
)
TRIGGERS = (
    *("dagster.ScheduleDefinition", "dagster.build_schedule_from_partitioned_job"),
    *("dagster.AutomationConditionSensorDefinition", "dagster.build_sensor_for_freshness_checks"),
    *("dagster.Definitions", "dagster.build_last_update_freshness_checks"),
)
"""What leaves no name behind."""
MAPPED = (".map_resolved_asset_specs", ".permissive_map_resolved_asset_specs", ".map_asset_specs")
UNHEARD = ("warnings.filterwarnings", "warnings.simplefilter")


def vanishes(work: Work, statement: cst.SimpleStatementLine) -> bool:
    """Whether a statement at the top of a module leaves nothing behind."""
    small = statement.body[0]
    if work.scopes.inside or len(statement.body) > 1:
        return False
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
        named = dotted(small.value.func) in UNHEARD
        return named and any(work.scopes.dagster(a.value) for a in small.value.args)
    if not isinstance(small, cst.Assign | cst.AnnAssign | cst.AugAssign) or small.value is None:
        return False
    if isinstance(small.value, cst.List) and _lists_triggers(work, small):
        return True
    if isinstance(small, cst.AugAssign):
        return False
    value = work.model.project.evaluator.value(small.value, Scope(work.file.module, {}))
    if not _is_read(value):
        return False
    if isinstance(value, Called) and value.name in MAPPED:
        what = f"what {value.short} does to the assets is not applied"
        work.notes.append((work.line(small.value), f"{what}: give it to each asset."))
    return True


def _lists_triggers(work: Work, small: cst.Assign | cst.AnnAssign | cst.AugAssign) -> bool:
    """Whether a statement fills a list of what prefect.yaml says now: schedules, sensors, definitions."""
    targets = [t.target for t in small.targets] if isinstance(small, cst.Assign) else [small.target]
    name = dotted(targets[0]) if len(targets) == 1 else ""
    if not name or "." in name:
        return False
    items = flat(work.model.project.evaluator.of_module(work.file.module, name))
    return any(isinstance(i, Called) and i.name.startswith(TRIGGERS) for i in items)


def without_attributes(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """`asset.with_attributes(…)` as the asset itself, and a note of what is not applied."""
    func, made = original.func, updated.func
    if not isinstance(func, cst.Attribute) or not isinstance(made, cst.Attribute):
        return None
    if func.attr.value != "with_attributes":
        return None
    value = work.model.project.evaluator.value(func.value, Scope(work.file.module, {}))
    if not isinstance(value, Decorated):
        return None
    what = "what with_attributes says of the asset is not applied"
    work.notes.append((work.line(original), f"{what}: say it at the asset."))
    return made.value


def _is_read(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_read(item) for item in value)
    if not isinstance(value, Called):
        return False
    return value.name.startswith(READ) or (value.name.startswith(".") and _is_read(value.args[0]))
