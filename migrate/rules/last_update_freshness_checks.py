"""`build_last_update_freshness_checks` → a flow that looks when its assets were last made.

It asks Prefect's events, hourly or at the deadline's cron line, and fails when an asset is late and that is
an ERROR; a WARN is a line in its log. It is switched on where `build_sensor_for_freshness_checks` was.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.scope import Scope
from migrate.reading.units import enum_name, key_of, keys_in, text
from migrate.reading.values import Called, flat
from migrate.rewriting import assets
from migrate.rewriting.deployments import Deployment, Schedule
from migrate.rewriting.keys import literal
from migrate.rewriting.layout import Item, Pair, call, lay, listing, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.references import identifier
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("0", "1", "assets", "lower_bound_delta", "deadline_cron", "timezone", "severity", "blocking"),
        "description",
    }
)
HOURLY = 3600
POLLED = "a flow asks the events of the last days; Prefect keeps them for seven days by default"


def function_name(construct: Construct) -> str:
    """The flow's name: the variable's, else one made of the place."""
    named = construct.name != construct.kind
    return identifier(construct.name) if named else f"freshness_checks_{construct.line}"


def told_keys(model: Model, construct: Construct) -> tuple[list[str], bool]:
    """The keys of the assets, and whether all could be told."""
    given = model.project.value(construct, "assets", 0)
    found: list[str] = []
    complete = True
    for item in flat(given):
        keys = list(assets.keys_told(model, [item])) or keys_in([item], {})[0]
        keys = keys or [k for k in (key_of(item),) if k]
        complete = complete and bool(keys)
        found += keys
    return list(dict.fromkeys(found)), complete and bool(found)


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The flow."""
    keys, complete = told_keys(work.model, construct)
    bound = construct.argument("lower_bound_delta", 1)
    if not complete or bound is None or work.scopes.inside:
        outcome = Manual("its assets cannot be told by reading", "Write the keys as literals.")
        return refused_statement(work, construct, updated, outcome)
    items: list[Item] = [listing([literal(key) for key in keys]), f"within={rewritten(work, bound)}"]
    for name, ours in (("deadline_cron", "deadline"), ("timezone", "timezone"), ("severity", "severity")):
        node = construct.argument(name)
        if node is not None:
            items.append(Pair(ours, rewritten(work, node)))
    asked = lay(call(work.need("prefect_support.freshness", "require_fresh"), *items), 4, 0)
    name = function_name(construct)
    code = (
        f"\n\n@{work.need('prefect', 'flow')}(name={quoted(name)})\ndef {name}() -> None:\n"
        f'    """Whether its assets were made in time."""\n    {asked}\n'
    )
    work.done(construct, Adapted(POLLED))
    return led(statements(code), updated.leading_lines)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """When it looks: at the deadline, else every hour."""
    if not told_keys(model, construct)[1] or construct.within:
        return []

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    sensor = _sensor(model)
    active = enum_name(sensor.get("default_status")) == "RUNNING" if sensor else False
    cron = text(given("deadline_cron"))
    seconds = sensor.get("minimum_interval_seconds") if sensor else None
    interval = seconds if isinstance(seconds, int) else HOURLY
    zone = text(given("timezone")) or "UTC"
    schedule = Schedule(cron, zone, active=active) if cron else Schedule(interval=interval, active=active)
    name = function_name(construct)
    return [Deployment(name, f"{construct.file}:{name}", schedule=schedule, one_at_a_time=True)]


def _sensor(model: Model) -> Called | None:
    for construct in model.project.constructs.values():
        if construct.kind == "build_sensor_for_freshness_checks" and model.is_deployed(construct):
            value = model.project.evaluator.value(construct.node, Scope(construct.module, {}))
            return value if isinstance(value, Called) else None
    return None


RULE = Rule(
    ("dagster.build_last_update_freshness_checks",),
    "call",
    READ,
    statement=statement,
    deployments=deployments,
)
