"""The selection of a job, as it was loaded, where reading cannot resolve it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.arguments import with_arguments

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer
    from migrate.loaded.changes import Changes
    from migrate.reading.constructs import Construct

SELECTION = "its selection is the {} assets{} that Dagster {} chose when it was loaded, written by their keys"


def as_selected(changes: Changes, answer: Answer, construct: Construct) -> bool:
    """Write the loaded selection of a `define_asset_job`; whether there is one."""
    call, name = construct.node, answer.named(changes.project, construct, "job")
    selected = answer.content["jobs"].get(name)
    if not isinstance(call, cst.Call) or selected is None:
        return False
    source = selection_source(answer, selected)
    if not source:
        return False
    positional = len(call.args) > 1 and call.args[1].keyword is None and not call.args[1].star
    given = {"1" if positional else "selection": changes.expression(construct, source)}
    if construct.argument("name", 0) is None or not isinstance(
        changes.project.value(construct, "name", 0), str
    ):
        given["name" if construct.argument("name") else "0"] = cst.parse_expression(repr(name))
    changes.replace(changes.project.file_of(construct), call, with_arguments(call, given))
    checks = f" and {len(selected['checks'])} checks" if selected["checks"] else ""
    changes.say(construct, SELECTION.format(len(selected["assets"]), checks, answer.version))
    return True


def selection_source(answer: Answer, selected: Mapping[str, Any]) -> str:
    """A selection as source: keys, checks where they are not those of the keys, models of dbt by name."""
    dbt = answer.content["dbt"]
    keys = [key for key in selected["assets"] if key not in dbt]
    models = [dbt[key]["node"].rpartition(".")[2] for key in selected["assets"] if key in dbt]
    parts = []
    if keys:
        parts.append(f"dagster.AssetSelection.assets({', '.join(map(_key, keys))})")
    if models:
        parts.append(f"dagster_dbt.build_dbt_asset_selection([], dbt_select={' '.join(models)!r})")
    every = checks_of(answer)
    usual = {check for check in every if check.rpartition(":")[0] in selected["assets"]}
    chosen = set(selected["checks"]) & set(every)
    source = " | ".join(parts)
    if usual - chosen:
        source = f"({source}).without_checks()" if len(parts) > 1 else f"{source}.without_checks()"
        usual = set()
    named = ", ".join(_check(check) for check in sorted(chosen - usual))
    return " | ".join(filter(None, [source, f"dagster.AssetSelection.checks({named})" if named else ""]))


def checks_of(answer: Answer) -> list[str]:
    """`asset:name` of every check that a step of the project makes; those of dbt's tests are dbt's."""
    dbt = answer.content["dbt"]
    found = [("/".join(c["asset"]), c["name"]) for step in answer.steps for c in step["checks"]]
    return [f"{asset}:{name}" for asset, name in found if asset not in dbt]


def _key(key: str) -> str:
    return f"dagster.AssetKey({key.split('/')!r})"


def _check(check: str) -> str:
    asset, _, name = check.rpartition(":")
    return f"dagster.AssetCheckKey({_key(asset)}, {name!r})"
