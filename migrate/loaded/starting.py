"""When schedules tick and what they and sensors start, as loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.arguments import decorator_of, is_told, with_arguments
from migrate.rewriting.targeted import JOB_ARGUMENTS, SELECTIONS

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer
    from migrate.loaded.changes import Changes
    from migrate.model import Model
    from migrate.reading.constructs import Construct

SCHEDULES = ("ScheduleDefinition", "schedule")
SENSORS = ("sensor", "asset_sensor", "multi_asset_sensor", "run_status_sensor", "run_failure_sensor")
OPTIONS = {"cron_schedule": "cron", "execution_timezone": "timezone"}
TOLD = "{} as Dagster {} loaded it: {}"


def as_started(changes: Changes, answer: Answer, model: Model, construct: Construct) -> bool:
    """Write what reading cannot tell of a schedule or sensor; whether there is anything."""
    what = "schedule" if construct.kind in SCHEDULES else "sensor"
    name = answer.named(changes.project, construct, what)
    found = answer.content[f"{what}s"].get(name)
    if found is None:
        return False
    given, without = _given(changes, model, construct, found, what)
    if not given:
        return False
    told = "; ".join(TOLD.format(k, answer.version, v) for k, v in given.items())
    spelled = {k: changes.expression(construct, repr(v)) for k, v in given.items()}
    if not _written(changes, construct, spelled, without):
        return False
    changes.say(construct, told)
    return True


def _given(
    changes: Changes, model: Model, construct: Construct, found: dict[str, Any], what: str
) -> tuple[dict[str, Any], list[str]]:
    """The arguments to write, and those that fall away."""
    given: dict[str, Any] = {}
    without: list[str] = []
    for name, key in OPTIONS.items() if what == "schedule" else ():
        asked = construct.argument(name) is not None and not is_told(changes, construct, name)
        if asked and found[key]:
            given[name] = found[key]
    jobs = [found["job"]] if what == "schedule" and found["job"] else found.get("jobs", [])
    if len(jobs) == 1 and not _has_target(model, construct):
        without = [name for name in (*JOB_ARGUMENTS, *SELECTIONS) if construct.argument(name) is not None]
        given["job_name"] = jobs[0]
    return given, without


def _has_target(model: Model, construct: Construct) -> bool:
    from migrate.rewriting.targeted import can_target, job_target

    return job_target(model, construct) is not None or can_target(model, construct)


def _written(
    changes: Changes, construct: Construct, given: dict[str, cst.BaseExpression], without: list[str]
) -> bool:
    """Change the call, or the decorator; whether it could be found."""
    file = changes.project.file_of(construct)
    if isinstance(construct.node, cst.Call):
        changes.replace(file, construct.node, with_arguments(construct.node, given, without))
        return True
    decorator = decorator_of(construct, (construct.kind,))
    if decorator is None:
        return False
    call = decorator.decorator
    call = call if isinstance(call, cst.Call) else cst.Call(call)
    changes.replace(file, decorator, decorator.with_changes(decorator=with_arguments(call, given, without)))
    return True
