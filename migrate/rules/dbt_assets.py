"""`@dbt_assets` → `@dbt_models`: one task that makes the models, seeds and snapshots of a dbt project.

Keys, edges and checks are read from the manifest when the module is imported, as dagster-dbt does. dbt
runs in this process: a call that changes nothing but `--vars` does not parse the project again.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Out, Unit, text
from migrate.rewriting import assets
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.layout import Item, call, quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that builds the dbt project."""
    return Unit(
        construct=construct,
        does="dbt",
        name=text(assets.value(model, construct, "name", scope)) or construct.name,
        scope=scope,
        outs=tuple(Out(key, key, value=False) for key in sorted(model.dbt.makes)),
        deps=model.dbt.reads,
        parameters=assets.own_parameters(model, construct),
        partitions=assets.value(model, construct, "partitions_def", scope),
    )


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
    items += _translator(work, construct)
    if own.name != updated.name.value:
        items.append(f"name={quoted(own.name)}")
    items += assets.retry_items(work, construct, own.scope)
    returns = work.need("prefect_support.dbt_project", "DbtInvocation")
    work.done(construct, Adapted("dbt runs in this process instead of in one of its own"))
    decorator = call(work.need("prefect_support.dbt_models", "dbt_models"), *items)
    return [rebuild(updated, decorator, parameter_texts(work, own, updated), returns, load_lines(work, own))]


def _problem(work: Work, construct: Construct) -> Manual | None:
    """Why the keys that its translator makes would be lost."""
    from migrate.rules.dagster_dbt_translator import UNREAD_SPEC, methods_of

    node = construct.argument("dagster_dbt_translator")
    methods: set[str] | None = set() if node is None else methods_of(work, node)
    if methods is None:
        return Manual(
            "the class of its translator cannot be told by reading", "Name the class in the decorator."
        )
    if "get_asset_spec" in methods:
        remedy = "Write get_asset_key and get_group_name instead, and convert again."
        return Manual(f"of its translator, {UNREAD_SPEC}", remedy)
    return None


def _translator(work: Work, construct: Construct) -> list[Item]:
    from migrate.rules.dagster_dbt_translator import methods_of

    node = construct.argument("dagster_dbt_translator")
    if node is None:
        return []
    spelled = rewritten(work, node)
    names = methods_of(work, node) or set()
    found: list[Item] = []
    if "get_asset_key" in names:
        found.append(f"asset_key={spelled}.get_asset_key")
    if "get_group_name" in names:
        found.append(f"group={spelled}.get_group_name")
    return found


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
        }
    ),
    unit=unit,
    function=function,
)
