"""`build_schedule_from_partitioned_job` → a flow that starts the run of the partition that has just ended.

It ticks as the partitions do, in their time zone. Static partitions are all started on their own cron line.

Upstream: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.model import Job
from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.environment import usual
from migrate.reading.names import dotted
from migrate.reading.partitions import cron_of, zone_of
from migrate.reading.units import enum_name, text
from migrate.reading.values import Called
from migrate.rewriting.deployments import Deployment, Schedule
from migrate.rewriting.layout import call, lay, quoted
from migrate.rewriting.references import identifier, partitions_variable
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.wiring import partitions_of_job
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("0", "job", "name", "description", "minute_of_hour", "hour_of_day", "day_of_week", "day_of_month"),
        *("default_status", "cron_schedule", "execution_timezone", "tags"),
    }
)


def _job(model: Model, construct: Construct) -> Job | None:
    return model.job_of(model.project.value(construct, "job", 0))


def _name(model: Model, construct: Construct, job: Job) -> str:
    return text(model.project.value(construct, "name")) or f"{job.name}_schedule"


def _schedule(model: Model, construct: Construct, job: Job) -> Schedule | None:
    """When it ticks: at the end of a window, moved as the arguments say."""

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    partitions = partitions_of_job(model, job)
    offsets = {n: given(n) for n in ("minute_of_hour", "hour_of_day", "day_of_week", "day_of_month")}
    cron = text(given("cron_schedule")) or cron_of(partitions, offsets)
    said = usual(given("execution_timezone"))
    zone = said or zone_of(partitions)
    if (
        not cron
        or not isinstance(zone, str)
        or (given("cron_schedule") is not None and not text(given("cron_schedule")))
    ):
        return None
    return Schedule(cron, zone, active=enum_name(given("default_status")) == "RUNNING")


def _function(construct: Construct, model: Model, job: Job) -> str:
    for name, nodes in model.project.names.modules[construct.module].nodes.items():
        if any(getattr(node, "value", None) is construct.node for node in nodes):
            return name
    return identifier(_name(model, construct, job))


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The flow that starts the run of the last partition."""
    job = _job(work.model, construct)
    partitions = partitions_of_job(work.model, job) if job else None
    own = partitions_variable(work, partitions) if isinstance(partitions, Called) else ""
    if job is None or not own or _schedule(work.model, construct, job) is None:
        outcome = Manual(_why(work, construct, job, own), "Write a deployment by hand.")
        return refused_statement(work, construct, updated, outcome)
    work.done(construct, Adapted("each tick is a flow run of its own, which starts the partition's run"))
    small = updated.body[0]
    target = dotted(small.targets[0].target) if isinstance(small, cst.Assign) else ""
    name = _name(work.model, construct, job)
    start = call(
        work.need("prefect_support.partition_runs", "start_due"),
        quoted(name),
        own,
        f"deployment={quoted(f'{job.name}/{job.name}')}",
    )
    code = f"@{work.need('prefect', 'flow')}(name={quoted(name)})\n"
    code += f"def {target or identifier(name)}() -> int:\n    return {lay(start, 4, 11)}\n"
    return led(statements(code), updated.leading_lines)


def _why(work: Work, construct: Construct, job: Job | None, own: str) -> str:
    """What of the schedule reading cannot tell."""
    if job is None:
        return "its job cannot be told by reading"
    partitions = partitions_of_job(work.model, job)
    if partitions is None:
        return f"nothing that was read tells the partitions of {job.name}"
    if not own:
        return f"the partitions of {job.name} are in no variable of a module"
    return "when its partitions end cannot be told by reading"


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment that ticks with the partitions."""
    job = _job(model, construct)
    schedule = _schedule(model, construct, job) if job else None
    if job is None or schedule is None:
        return []
    entry = f"{construct.file}:{_function(construct, model, job)}"
    about = text(model.project.value(construct, "description"))
    name = _name(model, construct, job)
    return [Deployment(name, entry, about, schedules=(schedule,), one_at_a_time=True)]


RULE = Rule(
    ("dagster.build_schedule_from_partitioned_job",),
    "call",
    READ,
    statement=statement,
    deployments=deployments,
)
