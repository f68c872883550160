"""`@asset` → `@materialize`: a task that makes one asset.

Group, kinds and tags become task tags, the description and owners asset properties, bare `deps` and
values `asset_deps`. A value kept by an IO manager is stored at the end of the task and loaded by who
needs it; a value without one is passed as an argument, and kept in the file of Dagster's default store when
another flow reads it. A partition mapping, named or Dagster's own choice, says which partitions of a stored
value are loaded: one value, or several by their key. A result may be kept in a variable, or be made by a
helper of the same module. A function that makes assets stays one, or is written out where it is called.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Converted
from migrate.reading.automation import condition_of
from migrate.reading.constructs import Construct
from migrate.reading.units import Check, Out, Unit, key_of, text, truth
from migrate.reading.values import Called, Decorated, flat
from migrate.rewriting import assets, schemas, yields
from migrate.rewriting.asset_facts import automated, metadata_lines
from migrate.rewriting.carried import carries_value
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.signature import loads
from migrate.rewriting.stored_at import FILES
from migrate.rewriting.untold import unspread, untold
from migrate.rewriting.value_types import typed
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("name", "key", "key_prefix", "deps", "non_argument_deps", "ins", "group_name", "description"),
        *(
            "io_manager_key",
            "retry_policy",
            "partitions_def",
            "owners",
            "tags",
            "kinds",
            "compute_kind",
            "op_tags",
        ),
        *("required_resource_keys", "check_specs", "automation_condition", "auto_materialize_policy"),
        *("freshness_policy", "backfill_policy", "code_version", "legacy_freshness_policy", "dagster_type"),
        *("metadata", "pool", "is_virtual", "output_required", "config_schema"),
    }
)


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step this asset is."""

    def given(name: str) -> Any:
        return assets.value(model, construct, name, scope)

    name = text(given("name")) or construct.name
    prefix = assets.prefix_of(given("key_prefix"))
    key = key_of(given("key")) or "/".join([*prefix, name])
    unknown = [n for n in ("name", "key", "key_prefix") if construct.argument(n) and not _told(given(n))]
    deps, complete = assets.deps_of(model, construct, scope)
    store = assets.store_of(model, given("io_manager_key"))
    return Unit(
        construct=construct,
        does="asset",
        name=name if construct.argument("name") or not construct.argument("key") else key.replace("/", "__"),
        scope=scope,
        outs=(
            Out(
                "result",
                key,
                store if carries_value(model, construct) else "",
                value=carries_value(model, construct),
                optional=given("output_required") is False and _may_yield(construct),
            ),
        ),
        inputs=assets.inputs_of(model, construct, scope),
        deps=deps,
        parameters=assets.own_parameters(model, construct),
        group=assets.group_of(model, construct, scope),
        partitions=given("partitions_def"),
        required=tuple(r for r in flat(given("required_resource_keys")) if isinstance(r, str)),
        checks=checks_of(model, construct, scope, key),
        config_model=schemas.model_name(model, construct, assets.own_parameters(model, construct)),
        unknown=(*unknown, *(() if complete else ("deps",)), *unspread(construct)),
    )


def _may_yield(construct: Construct) -> bool:
    return isinstance(construct.node, cst.FunctionDef) and yields.generates(construct.node)


def _told(value: Any) -> bool:
    return bool(key_of(value)) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def checks_of(
    model: Model, construct: Construct, scope: Mapping[str, Any], key: str, argument: str = "check_specs"
) -> tuple[Check, ...]:
    """Checks declared with the asset itself."""
    found = []
    for spec in flat(assets.value(model, construct, argument, scope)):
        if isinstance(spec, Called):
            asset = asset_of(model, spec.get("asset", 1)) or key
            found.append(
                Check(
                    asset,
                    text(spec.get("name", 0)),
                    truth(spec.get("blocking")),
                    text(spec.get("description")),
                )
            )
    return tuple(found)


def asset_of(model: Model, given: Any) -> str:
    """The key of an asset given by its key or its function."""
    made = model.keys_of(given) if isinstance(given, Decorated) else ()
    return made[0] if len(made) == 1 else key_of(given)


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as a task."""
    frame, own = work.frame, work.model.unit_of(construct)
    why = untold(work.model, construct, own)
    if why:
        return [refuse(work, construct, updated, why)]
    assert own
    assert frame
    decorator = assets.materialize(work, frame, own, updated)
    first, last, returns = yields.frame_lines(work, frame)
    lines = [*first, *metadata_lines(work, frame, own), *load_lines(work, own)]
    spelled = returns or returned(work, updated, carries_value(work.model, construct))
    work.done(construct, outcome(own, work.model))
    done = rebuild(updated, decorator, parameter_texts(work, own, updated), spelled, lines, last)
    done = typed(work, own, done)
    made = schemas.model_class(work, construct, own, updated)
    frame.differences += schemas.unchecked(work, construct)
    return [*made, *schemas.below(assets.with_checks(work, own, done), bool(made))]


def outcome(own: Unit, model: Model) -> Converted | Adapted:
    """Stored values are adapted: the store is called in the open. So is what started an asset by itself."""
    started = _started(own, model)
    if started:
        return Adapted(started)
    told = []
    if any(o.store and o.value for o in own.outs):
        told.append("stored and loaded at the task's edge, at the same path as before")
    elif any(o.key in model.kept for o in own.outs):
        told.append("kept for other flows as well, in the file of Dagster's default store")
    read = [load for load in loads(model, own) if load.key not in model.made_by or load.store == FILES]
    for load in read:
        where = "the files of Dagster's default store" if load.store == FILES else f"`{load.store}`"
        told.append(f"{load.key} is read from {where}{'' if load.key in model.made_by else UNMADE}")
    return Adapted("; ".join(told)) if told else Converted()


UNMADE = ", where it must be: nothing that was read makes it"


STARTED = {
    "on_cron": "starts at the tick, together with all that have the same line; waits for nothing outside",
    "eager": "the eager assets are made together when anything upstream of them is made",
    "other": "Prefect has no such condition: start its flow on a schedule or by an event",
}
IDLE = {"is_virtual": "False", "output_required": "True"}
UNWATCHED = {
    "freshness_policy": "Prefect does not watch how fresh it is: ask an automation for what does not happen",
    "legacy_freshness_policy": "Prefect does not watch how fresh it is",
    "output_required": "Prefect counts the asset as made by every run that ends well, with a value or not",
    "is_virtual": "Prefect has no virtual assets: it is made like any other",
    "pool": assets.POOL,
    "backfill_policy": "a backfill starts one run for each partition",
}
EACH = (
    "the conditions of its single assets start nothing: give the step one condition, or its flow a schedule"
)


def _given(construct: Construct, name: str) -> bool:
    """Whether an argument says more than its default: `is_virtual=False` says nothing."""
    node = construct.argument(name)
    return node is not None and not (isinstance(node, cst.Name) and node.value == IDLE.get(name, "None"))


def _started(own: Unit, model: Model) -> str:
    """What differs of an asset's automation, freshness and backfills."""
    condition = condition_of(model, own.construct, own.scope)
    found = [STARTED["on_cron"]] if condition.cron else []
    found += [STARTED["eager"]] if condition.eager else []
    found += [STARTED["other"]] if condition.other else []
    told = [name for name in UNWATCHED if _given(own.construct, name)]
    each = automated(own)
    found += [UNWATCHED[name] for name in dict.fromkeys([*told, *each]) if name in UNWATCHED]
    found += [EACH] if {"automation_condition", "auto_materialize_policy"} & set(each) else []
    return "; ".join(found)


def returned(work: Work, updated: cst.FunctionDef, valued: bool = False) -> str:
    """The return annotation; results that only carried metadata are None now."""
    if updated.returns is None:
        return ""
    spelled = work.text(updated.returns.annotation)
    if "MaterializeResult" in spelled:
        inner = spelled.partition("MaterializeResult[")[2].removesuffix("]")
        return (inner or work.need("typing", "Any")) if valued else "None"
    if spelled.split("[")[0].endswith(("DynamicOutput", "Output")):
        return spelled.partition("[")[2].removesuffix("]") or work.need("typing", "Any")
    if "DynamicOutput" in spelled:
        spelled = re.sub(r"[\w.]*DynamicOutput\[(.+?)\]", r"\1", spelled)
        bare = re.sub(r"[\w.]*DynamicOutput\b", "Any", spelled)
        return spelled if bare == spelled else bare.replace("Any", work.need("typing", "Any"))
    return spelled


RULE = Rule(("dagster.asset",), "decorator", READ, unit=unit, function=function)
