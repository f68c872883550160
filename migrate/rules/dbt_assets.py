"""`@dbt_assets` → `@dbt_models`: one task that makes the models, seeds and snapshots of a dbt project.

Keys, edges and checks are read from the manifest when the module is imported, as dagster-dbt does. dbt
runs in this process: a call that changes nothing but `--vars` does not parse the project again. What
`load_assets_from_dbt_project` and `load_assets_from_dbt_manifest` made is such a function too; it calls
`dbt build`, as the last versions that had them did by default.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.automation import condition_of
from migrate.reading.constructs import Construct
from migrate.reading.dbt import DbtKeys
from migrate.reading.dbt_names import translated
from migrate.reading.dbt_selection import taken
from migrate.reading.units import Out, Unit, text
from migrate.reading.values import Called
from migrate.rewriting import assets
from migrate.rewriting.dbt_calls import gives_back
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.group_tags import group_tags
from migrate.rewriting.layout import Item, Pair, call, listing, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.asset import STARTED, UNWATCHED

if TYPE_CHECKING:
    from migrate.model import Model

UNTOLD = "its translator tells keys when the code runs: flows are in the order of dbt's own names"
IN_PROCESS = "dbt runs in this process instead of in one of its own"


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that builds the dbt project."""
    keys = translated(model, construct) or model.dbt
    renamed = keys is not model.dbt
    keys = _taken(model, construct, scope, keys)
    return Unit(
        construct=construct,
        does="dbt",
        name=text(assets.value(model, construct, "name", scope)) or construct.name,
        scope=scope,
        outs=tuple(
            Out(key, key, value=False, deps=keys.lineage.get(key, ()) if renamed else None)
            for key in sorted(keys.makes)
        ),
        deps=keys.reads,
        parameters=assets.own_parameters(model, construct),
        partitions=assets.value(model, construct, "partitions_def", scope),
    )


def _taken(model: Model, construct: Construct, scope: Mapping[str, Any], keys: DbtKeys) -> DbtKeys:
    """What the step takes of the project, where that can be told; else all of it."""
    if construct.argument("selector") is not None:
        return keys
    select = assets.value(model, construct, "select", scope)
    chosen = taken(keys, "" if select is None else select, assets.value(model, construct, "exclude", scope))
    if not chosen or chosen == keys.makes:
        return keys
    above = {parent for key in chosen for parent in keys.lineage.get(key, ())}
    return replace(keys, makes=chosen, reads=tuple(sorted(above - chosen)))


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as the task of a dbt project."""
    own = work.model.unit_of(construct)
    assert own is not None
    problem = _problem(work, construct)
    if problem:
        return [refuse(work, construct, updated, problem)]
    items: list[Item] = []
    manifest = construct.argument("manifest")
    if manifest is not None:
        spelled = rewritten(work, manifest)
        literal = isinstance(manifest, cst.SimpleString)
        items.append(f"{work.need('pathlib', 'Path')}({spelled})" if literal else spelled)
    for name in ("select", "exclude"):
        node = construct.argument(name)
        if node is not None and text(assets.value(work.model, construct, name, own.scope)) not in (
            "fqn:*",
            "",
        ):
            items.append(f"{name}={work.text(node)}")
    items += _names(work, construct)
    if own.name != updated.name.value:
        items.append(f"name={quoted(own.name)}")
    tags = group_tags(work.model, work, construct, own.scope, "")
    items += [Pair("tags", listing(tags))] if tags else []
    items += assets.retry_items(work, construct, own.scope)
    returns = work.need("prefect_support.dbt_project", "DbtInvocation") if gives_back(updated) else "None"
    work.done(construct, Adapted(_told(work, construct, own)))
    decorator = call(work.need("prefect_support.dbt_models", "dbt_models"), *items)
    return [rebuild(updated, decorator, parameter_texts(work, own, updated), returns, load_lines(work, own))]


def _problem(work: Work, construct: Construct) -> Manual | None:
    """Why nobody would say what its assets are called: its translator is another library's."""
    value = work.model.project.value(construct, "dagster_dbt_translator")
    if isinstance(value, Called) and ":" not in value.name and not value.name.startswith(("dagster", ".")):
        reason = f"its translator comes from {value.name}, which is not the project's"
        return Manual(reason, "Write it as a class of the project, and convert again.")
    return None


def _names(work: Work, construct: Construct) -> list[Item]:
    node = construct.argument("dagster_dbt_translator")
    if node is None or work.text(node) == "None":
        return []
    project = construct.argument("project")
    given = [f"project={rewritten(work, project)}"] if project is not None else []
    return [f"names={rewritten(work, node)}", *given]


def _told(work: Work, construct: Construct, own: Unit) -> str:
    """What differs: where dbt runs, and what no longer starts it by itself."""
    condition = condition_of(work.model, construct, own.scope)
    found = [IN_PROCESS]
    found += [UNTOLD] if translated(work.model, construct) is None else []
    found += [STARTED["on_cron"]] if condition.cron else []
    found += [STARTED["eager"]] if condition.eager else []
    found += [STARTED["other"]] if condition.other else []
    found += [UNWATCHED[name] for name in ("backfill_policy", "pool") if construct.argument(name)]
    return "; ".join(found)


RULE = Rule(
    ("dagster_dbt.dbt_assets",),
    "decorator",
    frozenset(
        {
            "manifest",
            "select",
            "exclude",
            "name",
            "partitions_def",
            "dagster_dbt_translator",
            "retry_policy",
            "project",
            "backfill_policy",
            "io_manager_key",
            "op_tags",
            "pool",
        }
    ),
    unit=unit,
    function=function,
)
