"""`@run_status_sensor`, `@run_failure_sensor` → a flow that an event starts: whenever a flow run ends so.

Nothing polls: the trigger stands at the deployment in `prefect.yaml`. `context.dagster_run` and
`context.failure_event` become fields of a `RunEnded`: the flow's name, the run's id, and the message of its
state. Without `monitored_jobs` the flows of all jobs are watched.

Upstream: https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.reading.units import enum_name, text
from migrate.reading.values import flat
from migrate.rewriting.deployments import Deployment, Trigger, function_entry
from migrate.rewriting.ended import ended_flow
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("0", "run_status", "name", "monitored_jobs", "job_selection", "monitor_all_code_locations"),
        *("minimum_interval_seconds", "description", "default_status", "request_job", "request_jobs"),
        *("monitor_all_repositories",),
    }
)
STATES = {
    "SUCCESS": "Completed",
    "FAILURE": "Failed",
    "CANCELED": "Cancelled",
    "CANCELING": "Cancelling",
    "STARTED": "Running",
    "STARTING": "Pending",
    "QUEUED": "Scheduled",
}
PARAMETERS = {
    "run_id": "{{ event.resource.id.split('.')[-1] }}",
    "flow_name": "{{ flow.name }}",
    "message": "{{ event.payload['validated_state']['message'] }}",
}


def _state(model: Model, construct: Construct) -> str:
    if construct.kind == "run_failure_sensor":
        return "Failed"
    return STATES.get(enum_name(model.project.value(construct, "run_status", 0)), "")


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function as a flow that is handed the run that ended."""
    work.done(construct, Adapted("an event starts it, instead of a poll: earlier runs are not seen"))
    return ended_flow(work, construct, updated)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment with its trigger."""
    state = _state(model, construct)
    if not state:
        return []
    value = model.project.value
    watched = value(construct, "monitored_jobs") or value(construct, "job_selection")
    named = [model.job_of(j) for j in flat(watched)]
    jobs = [job for job in named if job] or [j for j in model.jobs.values() if model.is_deployed(j.construct)]
    active = enum_name(value(construct, "default_status")) == "RUNNING"
    flows = tuple(dict.fromkeys(job.name for job in jobs))
    trigger = Trigger((f"prefect.flow-run.{state}",), flows=flows, parameters=PARAMETERS, active=active)
    name, about = text(value(construct, "name")) or construct.name, text(value(construct, "description"))
    return [Deployment(name, function_entry(construct), about, triggers=(trigger,))]


RULE = Rule(
    ("dagster.run_status_sensor", "dagster.run_failure_sensor"),
    "decorator",
    READ,
    function=function,
    deployments=deployments,
)
