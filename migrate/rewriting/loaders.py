"""Assets that a loader's configuration names: what the rules of Sling and dlt share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Dropped, Manual
from migrate.reading.constructs import Construct
from migrate.reading.loaded_keys import LoadedKey
from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.units import Out, Unit, text
from migrate.reading.values import Called
from migrate.rewriting import assets
from migrate.rewriting.classes import rebased
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild
from migrate.rewriting.group_tags import group_tags
from migrate.rewriting.layout import Item, call, listing, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model

UNTOLD = "outs"
READ = frozenset(
    {"name", "group_name", "partitions_def", "backfill_policy", "op_tags", "pool", "retry_policy"}
)
AUTOMATION = ("get_automation_condition", "get_auto_materialize_policy")


@dataclass(frozen=True)
class Loader:
    """One loader: the support module, its decorator, and the arguments that it takes by position."""

    module: str
    decorator: str
    given: tuple[str, ...]
    translator: str


def loading_unit(
    model: Model, construct: Construct, scope: Mapping[str, Any], keys: Sequence[LoadedKey] | None
) -> Unit:
    """The step that loads; without keys, its assets are told when the code runs."""

    def given(name: str) -> Any:
        return assets.value(model, construct, name, scope)

    outs = [
        Out(k.key.replace("/", "__"), k.key, value=False, deps=k.deps, declared=k.declared)
        for k in keys or ()
    ]
    groups = {k.group for k in keys or ()}
    return Unit(
        construct=construct,
        does="asset",
        name=text(given("name")) or construct.name,
        scope=scope,
        outs=tuple(outs),
        deps=tuple(dict.fromkeys(dep for k in keys or () for dep in k.deps)),
        parameters=assets.own_parameters(model, construct),
        group=assets.group_of(model, construct, scope) or (groups.pop() if len(groups) == 1 else ""),
        partitions=given("partitions_def"),
        unknown=() if keys else (UNTOLD,),
    )


def loading_function(
    work: Work, construct: Construct, updated: cst.FunctionDef, loader: Loader
) -> Sequence[cst.BaseStatement]:
    """The decorated function as the loader's task."""
    own = work.model.unit_of(construct)
    assert own is not None
    items: list[Item] = [
        rewritten(work, node) for name in loader.given if (node := construct.argument(name)) is not None
    ]
    naming = construct.argument(loader.translator)
    if naming is not None and work.text(naming) != "None":
        items.append(f"names={rewritten(work, naming)}")
    if own.name != updated.name.value:
        items.append(f"name={quoted(own.name)}")
    spelled = work.model.project.value(construct, "group_name", None, own.scope)
    tags = group_tags(work.model, work, construct, own.scope, text(spelled))
    if tags:
        items.append(_tags(tags))
    items += assets.retry_items(work, construct, own.scope)
    differences = ["a run loads all of it: Prefect's tasks have no subset of their assets"]
    differences += [assets.POOL] if construct.argument("pool") is not None else []
    work.done(construct, Adapted("; ".join(differences)))
    decorator = call(work.need(f"prefect_support.{loader.module}", loader.decorator), *items)
    return [rebuild(updated, decorator, parameter_texts(work, own, updated), "None", load_lines(work, own))]


def _tags(tags: list[Item]) -> Item:
    from migrate.rewriting.layout import Pair

    return Pair("tags", listing(tags))


def naming_class(
    work: Work, construct: Construct, updated: cst.ClassDef, module: str, name: str
) -> Sequence[cst.BaseStatement]:
    """A translator's class on top of the support module's, without what Prefect has no place for."""
    gone = [part for part in updated.body.body if _method(part) in AUTOMATION]
    kept = [part for part in updated.body.body if _method(part) not in AUTOMATION]
    if "automation_condition" in "".join(work.text(part) for part in kept):
        reason = "its get_asset_spec says what starts each asset, and Prefect has no place for that"
        from migrate.rewriting.refusals import refused_class

        outcome = Manual(reason, "Take automation_condition out, and give the flow a schedule.")
        return [refused_class(work, construct, updated, outcome)]
    for part in gone:
        _dropped(work, construct, _method(part))
    more = (
        f"; what {', '.join(map(_method, gone))} says is its flow's schedule, if it is a cron line"
        if gone
        else ""
    )
    work.done(construct, Adapted(f"asset keys are texts, `asset://a/b`{more}"))
    if gone and kept and isinstance(kept[0], cst.FunctionDef):
        kept[0] = kept[0].with_changes(leading_lines=())
    body = kept or [cst.parse_statement("pass\n")]
    changed = updated.with_changes(body=updated.body.with_changes(body=body))
    return [rebased(work, changed, (work.need(f"prefect_support.{module}", name),))]


def _dropped(work: Work, construct: Construct, method: str) -> None:
    """Constructs within a method that goes go with it."""
    node = construct.node
    parts = node.body.body if isinstance(node, cst.ClassDef) else ()
    for part in parts:
        if _method(part) == method:
            work.done_at(part, Dropped("what starts an asset is said by its flow's schedule"))


def _method(part: cst.CSTNode) -> str:
    return part.name.value if isinstance(part, cst.FunctionDef) else ""


def loader_call(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """`sling.replicate(context=context)` without its context; None when it is no call that takes one."""
    frame, func = work.frame, updated.func
    if frame is None or frame.unit is None or not isinstance(func, cst.Attribute):
        return None
    name = func.attr.value
    if not runs(work, dotted(func).split(".")[0], CALLED.get(name, ())) and not _inline(work, original, name):
        return None
    if name == "get_client_for_asset":
        return cst.Call(func.with_changes(attr=cst.Name("get_client")))
    kept = []
    for place, (before, given) in enumerate(zip(original.args, updated.args, strict=True)):
        label = given.keyword.value if given.keyword else ""
        if label == "context" or (not label and place == 0 and dotted(before.value) == frame.context):
            continue
        theirs = label.startswith("dagster_") and label.endswith("_translator")
        kept.append(given.with_changes(keyword=cst.Name("names")) if theirs else given)
    kept[-1:] = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in kept[-1:]]
    return updated.with_changes(args=kept)


PIPES = ("dagster.PipesSubprocessClient", "dagster_docker.PipesDockerClient")
CLIENTS = ("OpenAIResource", "AnthropicResource")
CALLED = {
    "replicate": ("SlingResource",),
    "run": ("DagsterDltResource", "PipesSubprocessClient", "PipesDockerClient"),
    "get_client": CLIENTS,
    "get_client_for_asset": CLIENTS,
}
"""Methods that Dagster hands a context, and whose they are."""


def _inline(work: Work, original: cst.Call, name: str) -> bool:
    """Whether it is a call of what is made on the spot, or kept in a variable of a module."""
    func = original.func
    if name != "run" or not isinstance(func, cst.Attribute):
        return False
    value = work.model.project.evaluator.value(func.value, Scope(work.file.module, {}))
    return isinstance(value, Called) and value.name in PIPES


def runs(work: Work, name: str, kinds: Sequence[str]) -> bool:
    """Whether a parameter of this task is a resource of one of these kinds."""
    frame = work.frame
    given = frame.unit.parameters if frame and frame.unit else ()
    for parameter in given:
        if parameter.name == name and parameter.role == "resource":
            path = work.scopes.dagster(cst.parse_expression(parameter.annotation))
            return path.rpartition(".")[2] in kinds
    return False
