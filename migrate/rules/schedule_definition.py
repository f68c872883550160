"""`ScheduleDefinition` → a deployment with a cron schedule in `prefect.yaml`.

The time zone is always written; a schedule that Dagster starts stopped is not active. The run config
becomes the flow's parameters. Several cron lines are several schedules of one deployment. A schedule
that targets assets directly gets a flow over them. One that is given its functions (`execution_fn`,
`run_config_fn`, `tags_fn`, `should_execute`) becomes what `@schedule` becomes.

Upstream: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.environment import variable_of
from migrate.reading.units import text
from migrate.reading.values import Called
from migrate.rewriting.config_names import configured_names
from migrate.rewriting.deployments import Deployment, cron_schedules, entry_of, told_tags
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.targeted import can_target, flow_name, job_target, target_of, why_untargeted
from migrate.rewriting.work import Work, led
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

DECIDING = ("execution_fn", "run_config_fn", "tags_fn", "should_execute")
"""Functions that decide at each tick what is run, and whether."""
READ = frozenset(
    {
        *("name", "job", "job_name", "cron_schedule", "execution_timezone", "run_config", "default_status"),
        *("description", "tags", "target", "0"),
        *DECIDING,
    }
)


BESIDES = ("resources", "loggers", "execution")


def parameters_of(model: Model, run_config: Any) -> Mapping[str, Any] | None:
    """Flow parameters of a run config; None when it cannot be told."""
    if run_config is None:
        return {}
    ops = run_config.get("ops", {}) if isinstance(run_config, dict) else None
    if isinstance(run_config, Called) and run_config.short == "RunConfig":
        ops = None if any(run_config.get(name) for name in BESIDES) else run_config.get("ops", 0)
    elif ops is None or set(run_config) - {"ops"}:
        return None
    found: dict[str, Any] = {}
    called = configured_names(model)
    for name, config in ops.items() if isinstance(ops, dict) else ():
        worth = dict(config.kwargs) if isinstance(config, Called) else _config(config)
        if not isinstance(worth, dict) or not _sayable(worth):
            return None
        found[f"{called.get(name, name)}_config"] = worth
    return found if isinstance(ops, dict) else None


def _config(op: Any) -> Any:
    return op.get("config") if isinstance(op, dict) else None


def _sayable(worth: Any) -> bool:
    """Whether YAML can say a value: a plain one, or a variable of the environment."""
    if isinstance(worth, dict):
        return all(isinstance(key, str) and _sayable(item) for key, item in worth.items())
    if isinstance(worth, list | tuple):
        return all(_sayable(item) for item in worth)
    return worth is None or isinstance(worth, str | int | float) or variable_of(worth) is not None


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment, when its job and parameters can be told."""

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    job = job_target(model, construct)
    parameters = parameters_of(model, given("run_config"))
    schedules = cron_schedules(model, construct)
    if any(construct.argument(name) is not None for name in DECIDING):
        return []
    if parameters is None or not schedules or (job is None and not can_target(model, construct)):
        return []
    flow = job.name if job else flow_name(construct)
    entry = entry_of(model, job) if job else f"{construct.file}:{flow}"
    name = text(model.project.value(construct, "name", 0)) or f"{flow}_schedule"
    comments = _comments_before(model, construct)
    about = text(given("description"))
    return [
        Deployment(
            name, entry, about, told_tags(given("tags")), parameters, comments=comments, schedules=schedules
        )
    ]


def _comments_before(model: Model, construct: Construct) -> tuple[str, ...]:
    """The comments right above the statement that makes a schedule."""
    for statement in model.project.file_of(construct).tree.body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if isinstance(statement, cst.SimpleStatementLine) and getattr(small, "value", None) is construct.node:
            return tuple(line.comment.value for line in statement.leading_lines if line.comment)
    return ()


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing, since it is in prefect.yaml; or the flow over the assets it targets."""
    decides = [name for name in DECIDING if construct.argument(name) is not None]
    if decides:
        reason = f"its {', '.join(decides)} decides at each tick what is run"
        outcome = Manual(reason, "Write it as a function below @schedule, and convert again.")
        return refused_statement(work, construct, updated, outcome)
    target = target_of(work, construct) if deployments(work.model, construct) else None
    if target is None:
        outcome = Manual(_why(work, construct), "Write a deployment in prefect.yaml.")
        return refused_statement(work, construct, updated, outcome)
    work.done(construct, Converted("prefect.yaml"))
    inner = [c for c in work.file.constructs if c.path == "dagster.define_asset_job"]
    made = [s for c in inner if _given(construct, c) for s in _job(work, c)]
    return led([*made, *target.statements], updated.leading_lines)


def _why(work: Work, construct: Construct) -> str:
    """What of a schedule reading cannot tell."""
    if parameters_of(work.model, work.model.project.value(construct, "run_config")) is None:
        return "its run config cannot be told by reading"
    if not cron_schedules(work.model, construct):
        return "its cron line or time zone cannot be told by reading"
    return why_untargeted(work, construct)


def _given(construct: Construct, inner: Construct) -> bool:
    return any(argument.node is inner.node for argument in construct.arguments)


def _job(work: Work, inner: Construct) -> Sequence[cst.BaseStatement]:
    """The flow of a job that is defined where the schedule names it."""
    from migrate.rules.define_asset_job import statement as job_statement

    assert isinstance(inner.node, cst.Call)
    assigned = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name("_"))], inner.node)])
    return job_statement(work, inner, assigned)


RULE = Rule(("dagster.ScheduleDefinition",), "call", READ, statement=statement, deployments=deployments)
