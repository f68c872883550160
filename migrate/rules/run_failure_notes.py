"""`make_slack_on_run_failure_sensor`, `make_email_on_run_failure_sensor` → a flow that a failed run starts.

It posts or mails what failed and why. A text of one's own, written by a function of Dagster's context, is
refused.

Upstream: https://docs.prefect.io/v3/concepts/automations
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import enum_name, text
from migrate.reading.values import flat
from migrate.rewriting.deployments import Deployment, Trigger
from migrate.rewriting.layout import Item, Pair, call, lay, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.references import identifier
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule
from migrate.rules.run_status_sensor import PARAMETERS

if TYPE_CHECKING:
    from migrate.model import Model

SLACK = "dagster_slack.make_slack_on_run_failure_sensor"
MAIL = "dagster.make_email_on_run_failure_sensor"
ORDER = {SLACK: ("channel", "slack_token"), MAIL: ("email_from", "email_password", "email_to")}
MORE = {"smtp_host": "host", "smtp_type": "kind", "smtp_port": "port", "smtp_user": "user"}
OWN_TEXT = ("text_fn", "blocks_fn", "email_body_fn", "email_subject_fn")
READ = frozenset(
    {
        *("0", "1", "2", "channel", "slack_token", "email_from", "email_password", "email_to", "name"),
        *(*MORE, "monitored_jobs", "job_selection", "default_status", "minimum_interval_seconds"),
        *("webserver_base_url", "dagit_base_url", "monitor_all_code_locations", "monitor_all_repositories"),
    }
)
TOLD = "an event starts it, instead of a poll: earlier runs are not seen; the message links to no page"


def function_name(construct: Construct) -> str:
    """The flow's name: the variable's, else Dagster's own."""
    if construct.name != construct.kind:
        return identifier(construct.name)
    return "slack_on_run_failure" if construct.path == SLACK else "email_on_run_failure"


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The flow."""
    named = [name for name in OWN_TEXT if construct.argument(name) is not None]
    given = [construct.argument(name, place) for place, name in enumerate(ORDER[construct.path])]
    if named or None in given or work.scopes.inside:
        reason = f"its {', '.join(named)} asks Dagster's context" if named else "it is made inside a function"
        outcome = Manual(reason, "Write it as a function below @run_failure_sensor, and convert again.")
        return refused_statement(work, construct, updated, outcome)
    name = function_name(construct)
    ended = work.need("prefect_support.ended_runs", "RunEnded")
    items: list[Item] = [rewritten(work, node) for node in given if node is not None]
    items.append(f"{ended}(run_id, flow_name, message)")
    for argument, ours in MORE.items():
        node = construct.argument(argument)
        items += [Pair(ours, rewritten(work, node))] if node is not None else []
    tell = work.need(
        "prefect_support.failure_notes", "tell_slack" if construct.path == SLACK else "tell_by_mail"
    )
    code = (
        f"\n\n@{work.need('prefect', 'flow')}(name={quoted(name)})\n"
        f'def {name}(run_id: str, flow_name: str, message: str = "") -> None:\n'
        f"    {lay(call(tell, *items), 4, 0)}\n"
    )
    work.done(construct, Adapted(TOLD))
    return led(statements(code), updated.leading_lines)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment with its trigger."""
    if construct.within or any(construct.argument(name) is not None for name in OWN_TEXT):
        return []
    value = model.project.value
    watched = value(construct, "monitored_jobs") or value(construct, "job_selection")
    named = [job for item in flat(watched) if (job := model.job_of(item))]
    jobs = named or [j for j in model.jobs.values() if model.is_deployed(j.construct)]
    flows = tuple(dict.fromkeys(job.name for job in jobs))
    active = enum_name(value(construct, "default_status")) == "RUNNING"
    trigger = Trigger(("prefect.flow-run.Failed",), flows=flows, parameters=PARAMETERS, active=active)
    name = function_name(construct)
    shown = text(value(construct, "name")) or name
    return [Deployment(shown, f"{construct.file}:{name}", triggers=(trigger,))]


RULE = Rule((SLACK, MAIL), "call", READ, statement=statement, deployments=deployments)
"""The two makers of sensors that only tell people."""
