"""`@multi_asset` → `@materialize` with several assets: one task that makes them together.

Yielded outputs are stored where they were yielded, or gathered in a dictionary that the task
returns; whoever needs one takes it with `output(future, name)`.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Out, Unit, key_of, text
from migrate.reading.values import Called, Unknown, flat, known
from migrate.rewriting import assets, yields
from migrate.rewriting.asset_facts import metadata_lines
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.run_contexts import WHOLE
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.asset import READ, checks_of, outcome, returned

if TYPE_CHECKING:
    from migrate.model import Model


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that makes these assets."""

    def given(name: str) -> Any:
        return assets.value(model, construct, name, scope)

    outs = [*_outs(model, given("outs"), given("internal_asset_deps")), *_specs(model, given("specs"))]
    deps, complete = assets.deps_of(model, construct, scope)
    inner = [
        k
        for spec in flat(given("specs"))
        if isinstance(spec, Called)
        for k in assets.keys_told(model, spec.get("deps"))
    ]
    made = {out.key for out in outs}
    return Unit(
        construct=construct,
        does="asset",
        name=text(given("name")) or construct.name,
        scope=scope,
        outs=tuple(outs),
        inputs=assets.inputs_of(model, construct, scope),
        deps=tuple(dict.fromkeys([*deps, *(k for k in inner if k and k not in made)])),
        parameters=assets.own_parameters(model, construct),
        group=assets.group_of(model, construct, scope) or _group(given("outs"), given("specs")),
        partitions=given("partitions_def"),
        required=tuple(r for r in flat(given("required_resource_keys")) if isinstance(r, str)),
        checks=checks_of(model, construct, scope, ""),
        unknown=() if outs and complete and _all_told(given("outs"), given("specs")) else ("outs",),
    )


def _all_told(outs: Any, specs: Any) -> bool:
    """Whether every output has a key that could be told, and dependencies that could."""
    each = outs.values() if isinstance(outs, dict) else flat(outs)
    keyed = all(known([o.get("key"), o.get("key_prefix")]) for o in each if isinstance(o, Called))
    named = all(isinstance(s, Called) and bool(key_of(s)) and known(s.get("deps")) for s in flat(specs))
    return keyed and named and not any(isinstance(o, Unknown) for o in each)


def _outs(model: Model, given: Any, inner: Any) -> list[Out]:
    found = []
    own = inner if isinstance(inner, dict) else {}
    for name, out in given.items() if isinstance(given, dict) else ():
        if not isinstance(out, Called) or not isinstance(name, str):
            continue
        prefix = assets.prefix_of(out.get("key_prefix"))
        key = key_of(out.get("key")) or "/".join([*prefix, name])
        store = assets.store_of(model, out.get("io_manager_key"))
        deps = tuple(k for k in (key_of(d) for d in flat(own[name])) if k) if name in own else None
        optional = out.get("is_required") is False
        about = text(out.get("description"))
        found.append(Out(name, key, store, about, deps=deps, optional=optional, declared=out))
    return found


def _specs(model: Model, given: Any) -> list[Out]:
    found = []
    for spec in flat(given):
        if isinstance(spec, Called) and key_of(spec):
            key = key_of(spec)
            deps = assets.keys_told(model, spec.get("deps"))
            about = text(spec.get("description"))
            name = key.replace("/", "__")
            found.append(Out(name, key, "", about, value=False, deps=deps, declared=spec))
    return found


def _group(outs: Any, specs: Any) -> str:
    every = [*(outs.values() if isinstance(outs, dict) else ()), *flat(specs)]
    groups = {text(o.get("group_name")) for o in every if isinstance(o, Called)}
    return groups.pop() if len(groups) == 1 else ""


def _groups(own: Unit) -> list[str]:
    """What tags cannot say of the groups, as a difference."""
    given = [o.declared.get("group_name") for o in own.outs if isinstance(o.declared, Called)]
    if own.group or not any(given):
        return []
    told = ", ".join(f"{o.key}: {text(g) or '?'}" for o, g in zip(own.outs, given, strict=False) if g)
    return [f"groups are tags of a task, and its assets are of several or unknown ones ({told}): not told"]


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as a task."""
    frame, own = work.frame, work.model.unit_of(construct)
    if own is None or frame is None or own.unknown:
        reason = "its outputs cannot be told by reading"
        return [refuse(work, construct, updated, Manual(reason, "Write the outs and keys as literals."))]
    first, last, returns = yields.frame_lines(work, frame)
    decorator = assets.materialize(work, frame, own, updated)
    if not frame.yields:
        returns = _mapping(work, own) or returned(work, updated)
    work.done(construct, outcome(own, work.model))
    lines = [*first, *metadata_lines(work, frame, own), *load_lines(work, own)]
    frame.differences += _groups(own)
    if construct.argument("can_subset") is not None:
        frame.differences.append(WHOLE)
    done = rebuild(updated, decorator, parameter_texts(work, own, updated), returns, lines, last)
    return [assets.with_checks(work, own, done)]


def _mapping(work: Work, own: Unit) -> str:
    if len([o for o in own.outs if o.value]) < 2:
        return ""
    return f"dict[str, {work.need('typing', 'Any')}]"


RULE = Rule(
    ("dagster.multi_asset",),
    "decorator",
    READ | {"outs", "specs", "can_subset", "internal_asset_deps"},
    unit=unit,
    function=function,
)
