"""`@schedule` → a deciding flow on a cron schedule: it starts the runs that the function asks for.

The function sees the tick in the schedule's own time zone, as before.

Upstream: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.reading.units import enum_name, text
from migrate.rewriting.deciding import deciding
from migrate.rewriting.deployments import Deployment, Schedule
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {"name", "job", "job_name", "cron_schedule", "execution_timezone", "description", "default_status"}
)


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function as a deciding flow."""
    assert work.frame is not None
    value = work.model.project.value
    work.done(construct, Adapted("each tick is a flow run of its own, which starts the job's run"))
    return deciding(
        work, construct, work.frame, updated, value(construct, "job") or value(construct, "job_name")
    )


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment that decides."""

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    schedule = Schedule(
        text(given("cron_schedule")),
        text(given("execution_timezone")) or "UTC",
        active=enum_name(given("default_status")) == "RUNNING",
    )
    node = construct.node
    assert isinstance(node, cst.FunctionDef)
    name = text(given("name")) or construct.name
    return [
        Deployment(
            name,
            f"{construct.file}:{node.name.value}",
            text(given("description")),
            schedule=schedule,
            one_at_a_time=True,
        )
    ]


RULE = Rule(("dagster.schedule",), "decorator", READ, function=function, deployments=deployments)
