"""`@asset_check` → `@validation`: a task with the same verdict, and the same say in what runs next.

A blocking check that fails with severity ERROR stops everything downstream of its asset; any other
failure is recorded, and the flow goes on.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst
import libcst.matchers as m

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Check, Unit, identity, key_of, text, truth
from migrate.reading.values import Called, Decorated, flat
from migrate.rewriting import assets, check_options
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.keys import from_expression, literal
from migrate.rewriting.layout import Item, call
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model


LITERAL = m.Name("True") | m.Name("False")
UNTOLD = "the asset it checks cannot be told by reading"


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step this check is."""
    asset = model.project.value(construct, "asset", 0, scope)
    key = key_of(asset)
    if isinstance(asset, Decorated):
        keys = model.keys_of(asset)
        key = keys[0] if len(keys) == 1 else model.all_keys.get(identity(asset), ("",))[0] if not keys else ""
    called = assets.value(model, construct, "name", scope)
    name = text(called) or construct.name
    blocking = assets.value(model, construct, "blocking", scope)
    deps, complete = assets.deps_of(model, construct, scope)
    _, told = assets.ins_of(model, construct, scope)
    return Unit(
        construct=construct,
        does="check",
        name=name,
        scope=scope,
        inputs=assets.inputs_of(model, construct, scope, key),
        deps=deps,
        checks=(Check(key, name, truth(blocking)),),
        parameters=assets.own_parameters(model, construct),
        required=tuple(
            r
            for r in flat(assets.value(model, construct, "required_resource_keys", scope))
            if isinstance(r, str)
        ),
        unknown=(
            *(() if key else ("asset",)),
            *(() if isinstance(called, str | None) else ("name",)),
            *(() if isinstance(blocking, bool | None) else ("blocking",)),
            *(() if told else ("additional_ins",)),
            *(() if complete else ("additional_deps",)),
        ),
    )


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as a validation task."""
    frame, own = work.frame, work.model.unit_of(construct)
    if own is None or frame is None or (own.unknown and not construct.within):
        telling = ("additional", "blocking")
        more = ", ".join(name for name in (own.unknown if own else ()) if name.startswith(telling))
        reason = f"its {more} cannot be told by reading" if more else UNTOLD
        remedy = "Write True or False." if more == "blocking" else "Name the asset by a literal key."
        return [refuse(work, construct, updated, Manual(reason, remedy))]
    untold = next((name for name in ("name", "blocking") if name in own.unknown), "")
    if untold:
        reason = f"its {untold} cannot be told by reading"
        return [
            refuse(work, construct, updated, Manual(reason, f"Write the {untold} out where it is called."))
        ]
    items: list[Item] = [_asset(work, construct, own)]
    name = construct.argument("name")
    if name is not None and own.name != updated.name.value:
        items.append(f"name={work.text(name)}")
    items += _blocking(work, construct, own)
    description = construct.argument("description")
    if description is not None:
        items.append(f"description={work.text(description)}")
    items += check_options.tag_items(work, construct, own.scope)
    items += assets.retry_items(work, construct, own.scope)
    returns = work.text(updated.returns.annotation) if updated.returns else ""
    if frame.yields:
        work.need("collections.abc", "Iterator")
        returns = f"Iterator[{work.need('prefect_support.validations', 'CheckResult')}]"
    work.done(construct, check_options.outcome(construct))
    decorator = call(work.need("prefect_support.validations", "validation"), *items)
    return [rebuild(updated, decorator, parameter_texts(work, own, updated), returns, load_lines(work, own))]


def _blocking(work: Work, construct: Construct, own: Unit) -> list[Item]:
    """Whether a failure stops what is downstream; in a function that is called often, as each call says."""
    node = construct.argument("blocking")
    if construct.within and node is not None and m.matches(node, ~LITERAL):
        return [f"blocking={rewritten(work, node)}"]
    return ["blocking=True"] if own.checks[0].blocking else []


def _asset(work: Work, construct: Construct, own: Unit) -> str:
    node = construct.argument("asset", 0)
    assert node is not None
    found = work.model.project.value(construct, "asset", 0, own.scope)
    if construct.within and isinstance(found, str | list):
        return from_expression(work, node)
    if construct.within or (isinstance(node, cst.Name) and isinstance(found, Called)):
        return rewritten(work, node)
    return literal(own.checks[0].asset)


RULE = Rule(
    ("dagster.asset_check",),
    "decorator",
    frozenset(
        {
            *("0", "asset", "name", "blocking", "description", "additional_ins", "additional_deps"),
            *("required_resource_keys", "retry_policy", "pool", "op_tags"),
            *check_options.READ,
        }
    ),
    unit=unit,
    function=function,
)
