"""`ScheduleDefinition` → a deployment with a cron schedule in `prefect.yaml`.

The time zone is always written; a schedule that Dagster starts stopped is not active. The run config
becomes the flow's parameters.

Upstream: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import enum_name, text
from migrate.rewriting.deployments import Deployment, Schedule, entry_of
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        "name",
        "job",
        "job_name",
        "cron_schedule",
        "execution_timezone",
        "run_config",
        "default_status",
        "description",
        "tags",
    }
)


def parameters_of(run_config: Any) -> Mapping[str, Any] | None:
    """Flow parameters of a run config given as a dictionary; None when it cannot be told."""
    if run_config is None:
        return {}
    if not isinstance(run_config, dict) or set(run_config) - {"ops"}:
        return None
    ops = run_config.get("ops", {})
    if not isinstance(ops, dict):
        return None
    return {f"{op}_config": c["config"] for op, c in ops.items() if isinstance(c, dict) and "config" in c}


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment, when its job and parameters can be told."""

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    job = model.job_of(given("job") or given("job_name"))
    parameters = parameters_of(given("run_config"))
    cron = text(given("cron_schedule"))
    if job is None or parameters is None or not cron:
        return []
    schedule = Schedule(
        cron,
        text(given("execution_timezone")) or "UTC",
        active=enum_name(given("default_status")) == "RUNNING",
    )
    name = text(given("name")) or f"{job.name}_schedule"
    comments = model.comments_before(construct)
    about = text(given("description"))
    return [Deployment(name, entry_of(model, job), about, (), parameters, schedule, comments=comments)]


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing: it is in prefect.yaml."""
    if not deployments(work.model, construct):
        outcome = Manual(
            "its job, cron or run config cannot be told by reading", "Write a deployment in prefect.yaml."
        )
        return refused_statement(work, construct, updated, outcome)
    work.done(construct, Converted("prefect.yaml"))
    return []


RULE = Rule(("dagster.ScheduleDefinition",), "call", READ, statement=statement, deployments=deployments)
