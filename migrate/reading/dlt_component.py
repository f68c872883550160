"""`DltLoadCollectionComponent` as the Python it stands for: `@dlt_assets` for each load.

Upstream: https://dlthub.com/docs/general-usage/pipeline
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import libcst as cst

from migrate.reading.component_templates import Untold, quoted
from migrate.reading.names import Internal, NameIndex

TOLD = ("group_name", "description", "owners", "tags")
"""What a translation may say of every asset of a load, besides `key_prefix`."""


def dlt(names: NameIndex, folder: str, name: str, given: Mapping[str, Any]) -> str:
    """The loads of a component, with a translator each.

    Args:
        names: what the project's names mean.
        folder: the module that the YAML's folder is.
        name: the component's name.
        given: what YAML says.

    Raises:
        Untold: it says something that has no Python form here.
    """
    loads = given.get("loads") or []
    if set(given) - {"loads"} or not loads:
        raise Untold(", ".join(sorted(set(given) - {"loads"})) or "its loads")
    lines = ["from dagster_dlt import DagsterDltResource, DagsterDltTranslator, dlt_assets", ""]
    functions = []
    for place, one in enumerate(loads):
        function = f"{name}_load" + (f"_{place + 1}" if place else "")
        lines += _load(names, folder, function, f"{name}_dlt", one)
        functions.append(function)
    resources = f"{{'{name}_dlt': DagsterDltResource()}}"
    held = f"dg.Definitions(assets=[{', '.join(functions)}], resources={resources})"
    return "\n".join([*lines, f"{name}_defs = {held}", ""])


def _load(names: NameIndex, folder: str, function: str, resource: str, one: Any) -> list[str]:
    untold = set(one) - {"source", "pipeline", "translation"} if isinstance(one, dict) else {"its loads"}
    if untold or not {"source", "pipeline"} <= set(one):
        raise Untold(f"{', '.join(sorted(untold)) or 'source or pipeline'} of a load")
    source, pipeline = (_object(names, folder, str(one[part])) for part in ("source", "pipeline"))
    dataset = _dataset(names, pipeline)
    translator = _translator(function, dataset, one.get("translation") or {})
    return [
        f"from {source.module} import {source.name}",
        f"from {pipeline.module} import {pipeline.name}",
        "",
        *translator,
        f"@dlt_assets(dlt_source={source.name}, dlt_pipeline={pipeline.name}, "
        f"dagster_dlt_translator={function}_names())",
        f"def {function}(context: dg.AssetExecutionContext, {resource}: DagsterDltResource):",
        f"    yield from {resource}.run(context=context)",
        "",
    ]


def _object(names: NameIndex, folder: str, path: str) -> Internal:
    """What a path means; a module that renames tables is refused: the keys are the tables' names."""
    meaning = names.follow(f"{folder}{path}" if path.startswith(".") else path)
    if not isinstance(meaning, Internal) or meaning.rest:
        raise Untold(f"the object {path}")
    code = "".join(cst.Module([]).code_for_node(part) for part in names.modules[meaning.module].body)
    if "table_name" in code:
        raise Untold(f"the tables of {path}")
    return meaning


def _dataset(names: NameIndex, pipeline: Internal) -> str:
    """The dataset that a pipeline loads into, which its assets' keys begin with."""
    bound = names.modules[pipeline.module].nodes[pipeline.name][-1]
    made = getattr(bound, "value", None)
    for arg in made.args if isinstance(made, cst.Call) else ():
        if arg.keyword and arg.keyword.value == "dataset_name" and isinstance(arg.value, cst.SimpleString):
            return str(arg.value.evaluated_value)
    raise Untold(f"the dataset of {pipeline.name}")


def _translator(function: str, dataset: str, given: Any) -> list[str]:
    """A translator's class: the keys that the component gives, and what its translation says."""
    untold = set(given) - {*TOLD, "key_prefix"} if isinstance(given, dict) else {"all"}
    if untold or "{{" in repr(given):
        raise Untold(f"{', '.join(sorted(untold)) or 'a template'} of its translation")
    prefix = given.get("key_prefix") or []
    parts: Sequence[str] = [*([prefix] if isinstance(prefix, str) else prefix), dataset]
    key = ", ".join([*map(quoted, parts), "resource.name"])
    lines = [f"class {function}_names(DagsterDltTranslator):", "    def get_asset_key(self, resource):"]
    lines += [f"        return dg.AssetKey([{key}])", ""]
    for name in TOLD:
        if name in given:
            lines += [f"    def get_{name}(self, resource):", f"        return {given[name]!r}", ""]
    return [*lines, ""]
