"""`prefect.yaml`: what can be started, when, and with which parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.model import Job
from migrate.reading.constructs import Construct
from migrate.reading.environment import usual, variable_of
from migrate.reading.units import enum_name
from migrate.reading.values import flat

if TYPE_CHECKING:
    from migrate.model import Model

HEAD = (
    "# Written by `migrate convert`; yours to edit. "
    "https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml\n"
    "# Without pull steps a worker runs the code in the folder where `prefect deploy` was called.\n"
)


@dataclass(frozen=True)
class Schedule:
    """When a deployment runs: by cron or every so many seconds."""

    cron: str = ""
    timezone: str = "UTC"
    interval: int = 0
    active: bool = False


@dataclass(frozen=True)
class Trigger:
    """An event that starts a run: its names, resources it is about, resources related to it, parameters."""

    events: tuple[str, ...]
    resources: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    active: bool = False


@dataclass(frozen=True)
class Deployment:
    """One entry of `deployments`."""

    name: str
    entrypoint: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    schedule: Schedule | None = None
    one_at_a_time: bool = False
    comments: tuple[str, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    queue: str = ""


def entry_of(model: Model, job: Job) -> str:
    """`path/to/file.py:flow` of a job's flow."""
    return f"{job.construct.file}:{job.function}"


def tags_of(model: Model, construct: Construct) -> tuple[str, ...]:
    """A job's tags as Prefect spells them, those of its runs among them: a run has its deployment's tags."""
    given = [model.project.value(construct, name) for name in ("tags", "run_tags")]
    return told_tags({k: v for own in given if isinstance(own, dict) for k, v in own.items()})


def told_tags(given: Any) -> tuple[str, ...]:
    """Tags as Prefect spells them, those that reading can tell; variables by their defaults."""
    items = given.items() if isinstance(given, dict) else ()
    return tuple(f"{k}:{usual(v)}" for k, v in items if isinstance(usual(v), str | int | float))


def spelled(project: str, deployments: Sequence[Deployment], base: str = "") -> str:
    """The text of prefect.yaml; entry points are relative to `base`, where it will lie.

    It says nothing of `pull`: `prefect deploy` then writes down the folder it was called in. A worker starts
    runs in a folder of their own, where a relative one finds nothing.
    """
    lines = [
        HEAD + f"name: {project}",
        "deployments:" if deployments else "deployments: []",
    ]
    for deployment in deployments:
        lines += _entry(project, deployment, base)
    return "\n".join(lines) + "\n"


def _entry(project: str, deployment: Deployment, base: str) -> list[str]:
    lines = [f"  {comment}" for comment in deployment.comments]
    entry = deployment.entrypoint.removeprefix(base)
    lines += [f"  - name: {scalar(deployment.name)}", f"    entrypoint: {scalar(entry)}"]
    if deployment.description:
        lines.append(f"    description: {scalar(deployment.description)}")
    if deployment.tags:
        lines.append(f"    tags: [{', '.join(scalar(tag) for tag in deployment.tags)}]")
    if deployment.parameters:
        lines += ["    parameters:", *(f"      {k}: {flow(v)}" for k, v in deployment.parameters.items())]
    queue = f", work_queue_name: {scalar(deployment.queue)}" if deployment.queue else ""
    lines.append(f"    work_pool: {{name: {scalar(project)}{queue}}}")
    if deployment.one_at_a_time:
        lines.append("    concurrency_limit: 1")
    schedules = [*([deployment.schedule] if deployment.schedule else []), *deployment.schedules]
    if schedules:
        lines += ["    schedules:", *(line for schedule in schedules for line in _schedule(schedule))]
    if deployment.triggers:
        lines += ["    triggers:", *(line for trigger in deployment.triggers for line in _trigger(trigger))]
    return lines


def _schedule(schedule: Schedule) -> list[str]:
    active = f"        active: {str(schedule.active).lower()}"
    if schedule.interval:
        return [f"      - interval: {schedule.interval}", active]
    return [f"      - cron: {json.dumps(schedule.cron)}", f"        timezone: {schedule.timezone}", active]


def _trigger(trigger: Trigger) -> list[str]:
    lines = ["      - type: event", f"        enabled: {str(trigger.active).lower()}"]
    lines.append(f"        expect: {flow(trigger.events)}")
    if trigger.resources:
        lines += ["        match:", f"          prefect.resource.id: {flow(trigger.resources)}"]
    if trigger.flows:
        lines += ["        match_related:", "          prefect.resource.role: flow"]
        lines.append(f"          prefect.resource.name: {flow(trigger.flows)}")
    if trigger.parameters:
        lines.append("        parameters:")
        lines += [f"          {name}: {scalar(value)}" for name, value in trigger.parameters.items()]
    return lines


def cron_schedules(model: Model, construct: Construct) -> tuple[Schedule, ...]:
    """The schedules of a construct's `cron_schedule`: one, or one for each line of a list.

    None at all where the cron or its time zone cannot be told: a tick at another time would go unseen.
    """
    project = model.project
    given = project.value(construct, "execution_timezone")
    zone = "UTC" if given is None else usual(given)
    if not isinstance(zone, str):
        return ()
    active = enum_name(project.value(construct, "default_status")) == "RUNNING"
    place = 0 if construct.kind == "schedule" else None
    crons = [usual(cron) for cron in flat(project.value(construct, "cron_schedule", place))]
    told = all(isinstance(cron, str) for cron in crons)
    return tuple(Schedule(cron, zone, active=active) for cron in crons) if told else ()


def function_entry(construct: Construct) -> str:
    """`path/to/file.py:function` of a decorated function."""
    node = construct.node
    assert isinstance(node, cst.FunctionDef)
    return f"{construct.file}:{node.name.value}"


def target_deployments(model: Model, construct: Construct) -> list[Deployment]:
    """The deployment of the flow over the assets that a schedule or sensor targets directly."""
    from migrate.rewriting.asked_assets import asked_assets
    from migrate.rewriting.targeted import can_target, flow_name, job_target

    asked = [one.flow for one in asked_assets(model, construct).values() if one.made]
    if job_target(model, construct) is None and can_target(model, construct):
        asked.insert(0, flow_name(construct))
    return [Deployment(flow, f"{construct.file}:{flow}") for flow in dict.fromkeys(asked)]


def flow(value: Any) -> str:
    """A value in YAML's flow style; a variable of the environment is read when it is deployed."""
    if (variable := variable_of(value)) is not None:
        return json.dumps(f"{{{{ ${variable} }}}}")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A scalar, quoted where YAML might take it for something else."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = re.fullmatch(r"[A-Za-z_./][A-Za-z0-9_./:-]*(?<!:)", value)
    if plain and value.lower() not in ("true", "false", "yes", "no", "on", "off", "null", "none"):
        return value
    return json.dumps(value, ensure_ascii=False)
