"""Checks that Dagster builds over what was said of assets when they were made: a task, and its flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import key_of, keys_in
from migrate.reading.values import flat
from migrate.rewriting import assets
from migrate.rewriting.deployments import Deployment, Trigger
from migrate.rewriting.keys import literal
from migrate.rewriting.layout import Item, Pair, call, lay, listing, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.references import identifier
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work, led, statements

if TYPE_CHECKING:
    from migrate.model import Model

MADE = "prefect.asset.materialization.succeeded"
AFTERWARDS = (
    "a flow of its own, started by the event that one of its assets was made, asks Prefect's events, "
    "which are kept for seven days by default"
)
Statement = Callable[[Work, Construct, cst.SimpleStatementLine], Sequence[cst.BaseStatement]]


def function_name(construct: Construct) -> str:
    """The flow's name: the variable's, else one made of the place."""
    named = construct.name != construct.kind
    return (
        identifier(construct.name) if named else f"{construct.kind.removeprefix('build_')}_{construct.line}"
    )


def told_keys(model: Model, construct: Construct) -> list[str]:
    """The keys of the assets; none when not all could be told."""
    found: list[str] = []
    for item in flat(model.project.value(construct, "assets", 0)):
        keys = list(assets.keys_told(model, [item])) or keys_in([item], {})[0]
        keys = keys or [k for k in (key_of(item),) if k]
        if not keys:
            return []
        found += keys
    return list(dict.fromkeys(found))


def watching(function: str, arguments: Sequence[str]) -> Statement:
    """What rewrites the statement of such a builder to the support module's `function`."""

    def statement(
        work: Work, construct: Construct, updated: cst.SimpleStatementLine
    ) -> Sequence[cst.BaseStatement]:
        keys = told_keys(work.model, construct)
        if not keys or work.scopes.inside:
            outcome = Manual("its assets cannot be told by reading", "Write the keys as literals.")
            return refused_statement(work, construct, updated, outcome)
        items: list[Item] = [listing([literal(key) for key in keys])]
        for name in arguments:
            node = construct.argument(name)
            if node is not None:
                items.append(Pair(name, rewritten(work, node)))
        name = function_name(construct)
        task = f"{name}_task"
        start = f"{task} = "
        built = lay(call(work.need("prefect_support.asset_history", function), *items), 0, len(start))
        settle, state = work.need("prefect_support.flows", "settle"), work.need("prefect", "State")
        code = (
            f"{start}{built}\n\n\n@{work.need('prefect', 'flow')}(name={quoted(name)})\n"
            f"def {name}() -> {state}[{work.need('typing', 'Any')}]:\n"
            f'    """What was said of its assets when they were made."""\n'
            f"    return {settle}({name}={task}.submit())\n"
        )
        work.done(construct, Adapted(AFTERWARDS))
        return led(statements(code), updated.leading_lines)

    return statement


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """It looks whenever one of the assets was made."""
    keys = told_keys(model, construct)
    if not keys or construct.within:
        return []
    trigger = Trigger((MADE,), tuple(f"asset://{key}" for key in keys), active=True)
    name = function_name(construct)
    return [Deployment(name, f"{construct.file}:{name}", triggers=(trigger,), one_at_a_time=True)]
