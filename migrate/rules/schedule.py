"""`@schedule` → a deciding flow on a cron schedule: it starts the runs that the function asks for.

The function sees the tick in the schedule's own time zone, as before. Several cron lines are several
schedules of one deployment; a `target` of assets becomes a flow of its own.

Upstream: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.reading.units import text
from migrate.rewriting.deciding import deciding
from migrate.rewriting.deployments import Deployment, cron_schedules, function_entry, target_deployments
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("name", "job", "job_name", "cron_schedule", "execution_timezone", "description", "default_status"),
        *("target", "required_resource_keys", "tags", "0"),
    }
)


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function as a deciding flow."""
    assert work.frame is not None
    work.done(construct, Adapted("each tick is a flow run of its own, which starts the job's run"))
    return deciding(work, construct, work.frame, updated)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment that decides, after that of the assets it targets."""
    name = text(model.project.value(construct, "name")) or construct.name
    about = text(model.project.value(construct, "description"))
    own = Deployment(
        name,
        function_entry(construct),
        about,
        schedules=cron_schedules(model, construct),
        one_at_a_time=True,
    )
    return [*target_deployments(model, construct), own]


RULE = Rule(("dagster.schedule",), "decorator", READ, function=function, deployments=deployments)
