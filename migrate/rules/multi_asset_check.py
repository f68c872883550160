"""`@multi_asset_check` → `@validation` with several checks: one task, a verdict for each.

A blocking check that fails with severity ERROR stops everything downstream of its asset.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit, text
from migrate.reading.values import flat
from migrate.rewriting import assets, check_options
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.layout import Item, Pair, call, listing, quoted
from migrate.rewriting.run_contexts import WHOLE
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.asset import checks_of

if TYPE_CHECKING:
    from migrate.model import Model


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that makes these checks."""
    checks = checks_of(model, construct, scope, "", "specs")
    given = flat(assets.value(model, construct, "specs", scope))
    told = bool(checks) and len(checks) == len(given) and all(c.asset and c.name for c in checks)
    required = flat(assets.value(model, construct, "required_resource_keys", scope))
    return Unit(
        construct=construct,
        does="check",
        name=text(assets.value(model, construct, "name", scope)) or construct.name,
        scope=scope,
        inputs=assets.inputs_of(model, construct, scope),
        checks=checks,
        parameters=assets.own_parameters(model, construct),
        required=tuple(r for r in required if isinstance(r, str)),
        unknown=() if told else ("specs",),
    )


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as a validation task."""
    frame, own = work.frame, work.model.unit_of(construct)
    if own is None or frame is None or own.unknown:
        reason = "the checks it makes cannot be told by reading"
        return [refuse(work, construct, updated, Manual(reason, "Name checks and assets by literals."))]
    items: list[Item] = []
    if own.name != updated.name.value:
        items.append(f"name={quoted(own.name)}")
    description = construct.argument("description")
    if description is not None:
        items.append(f"description={work.text(description)}")
    items.append(Pair("checks", listing(assets.check_items(work, own))))
    items += check_options.tag_items(work, construct, own.scope)
    items += assets.retry_items(work, construct, own.scope)
    returns = work.text(updated.returns.annotation) if updated.returns else ""
    if frame.yields:
        work.need("collections.abc", "Iterator")
        returns = f"Iterator[{work.need('prefect_support.validations', 'CheckResult')}]"
    if construct.argument("can_subset") is not None:
        frame.differences.append(WHOLE.replace("assets", "checks"))
    work.done(construct, check_options.outcome(construct))
    decorator = call(work.need("prefect_support.validations", "validation"), *items)
    return [rebuild(updated, decorator, parameter_texts(work, own, updated), returns, load_lines(work, own))]


RULE = Rule(
    ("dagster.multi_asset_check",),
    "decorator",
    frozenset(
        {"name", "specs", "description", "can_subset", "ins", "required_resource_keys", "retry_policy"}
        | {"pool", "op_tags"}
        | check_options.READ
    ),
    unit=unit,
    function=function,
)
