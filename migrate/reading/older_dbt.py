"""What `load_assets_from_dbt_project` and `…_manifest` made, as a function with `@dbt_assets`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import chain, count

import libcst as cst

from migrate.reading.names import dotted

PROJECT, MANIFEST = "dagster_dbt.load_assets_from_dbt_project", "dagster_dbt.load_assets_from_dbt_manifest"
LOADERS = {PROJECT: ("project_dir", "profiles_dir"), MANIFEST: ("manifest",)}
"""The functions, and the names of their positional arguments."""
READ = frozenset(
    {
        *("project_dir", "profiles_dir", "target_dir", "manifest", "manifest_json", "select", "exclude"),
        *("key_prefix", "source_key_prefix", "op_name", "io_manager_key", "use_build_command"),
        *("dbt_resource_key", "partitions_def"),
    }
)
Given = Mapping[str, cst.BaseExpression]


def assets_of(
    loader: str, call: cst.Call, target: str, taken: Collection[str], imported: Callable[[str], str]
) -> list[cst.SimpleStatementLine | cst.BaseCompoundStatement]:
    """The statements in place of `target = load_assets_from_dbt_…(…)`; none when they cannot say all of it.

    Args:
        loader: one of `LOADERS`.
        call: the call.
        target: the variable it is assigned to: a list of assets.
        taken: names the module binds.
        imported: imports one of Dagster's names, and tells how it is spelled here.
    """
    given = _given(loader, call)
    if given is None or not target.isidentifier():
        return []
    text = {name: cst.Module([]).code_for_node(node) for name, node in given.items()}
    name = next(n for n in chain(["run_dbt"], (f"run_dbt_{i}" for i in count(2))) if n not in taken)
    before: list[str] = []
    manifest = _manifest(given, text, f"{name}_project", before, imported)
    if not manifest:
        return []
    options = _options(text, manifest)
    only_models = text.get("use_build_command") == "False"
    if only_models and ("select" in text or "exclude" in text):
        return []
    options += ['select="resource_type:model"'] if only_models else []
    if "key_prefix" in text or "source_key_prefix" in text:
        before += _names(name, text, imported)
        options.append(f"dagster_dbt_translator={_class_of(name)}()")
    resource = _literal(given.get("dbt_resource_key"), "dbt")
    command = "run" if only_models else "build"
    lines = [
        *before,
        f"@{imported('dagster_dbt.dbt_assets')}({', '.join(options)})",
        f"def {name}(context, {resource}: {imported('dagster_dbt.DbtCliResource')}):",
        f'    yield from {resource}.cli(["{command}"], context=context).stream()',
        f"{target} = [{name}]",
    ]
    return list(cst.parse_module("\n".join(lines) + "\n").body)


def _options(text: Mapping[str, str], manifest: str) -> list[str]:
    """The arguments that are called the same in `@dbt_assets`."""
    same = ("select", "exclude", "io_manager_key", "partitions_def")
    named = [f"name={text['op_name']}"] if "op_name" in text else []
    return [f"manifest={manifest}", *(f"{n}={text[n]}" for n in same if n in text), *named]


def _given(loader: str, call: cst.Call) -> Given | None:
    """The arguments by name; None when one of them is read by nothing."""
    places = LOADERS[loader]
    found = {}
    for place, arg in enumerate(call.args):
        name = arg.keyword.value if arg.keyword else places[place] if place < len(places) else ""
        if arg.star or name not in READ:
            return None
        found[name] = arg.value
    return {name: node for name, node in found.items() if dotted(node) != "None"}


def _manifest(
    given: Given, text: Mapping[str, str], project: str, before: list[str], imported: Callable[[str], str]
) -> str:
    """The path of the manifest; a project's is made when there is none, as the older function did."""
    if "project_dir" in given:
        fields = {"project_dir": "project_dir", "profiles_dir": "profiles_dir", "target_dir": "target_path"}
        options = [f"{fields[n]}={text[n]}" for n in fields if n in text]
        before += [
            f"{project} = {imported('dagster_dbt.DbtProject')}({', '.join(options)})",
            f"{project}.prepare_if_dev()",
        ]
        return f"{project}.manifest_path"
    node = given.get("manifest") or given.get("manifest_json")
    opened = _only(node, "load")
    path = _only(opened, "open") if opened is not None else None
    if path is not None:
        return f"{imported('pathlib.Path')}({cst.Module([]).code_for_node(path)})"
    return text.get("manifest", "")


def _only(node: cst.BaseExpression | None, called: str) -> cst.BaseExpression | None:
    """The first argument of a call of `json.load`, `open`."""
    if not isinstance(node, cst.Call) or dotted(node.func).rpartition(".")[2] != called or not node.args:
        return None
    return node.args[0].value


def _class_of(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Names"


def _names(name: str, text: Mapping[str, str], imported: Callable[[str], str]) -> list[str]:
    """A translator that puts the prefixes before dbt's own names."""
    asked = {"source": text.get("source_key_prefix", "[]"), "": text.get("key_prefix", "[]")}
    return [
        f"class {_class_of(name)}({imported('dagster_dbt.DagsterDbtTranslator')}):",
        "    def get_asset_key(self, dbt_resource_props):",
        '        if dbt_resource_props["resource_type"] == "source":',
        f"            return super().get_asset_key(dbt_resource_props).with_prefix({asked['source']})",
        f"        return super().get_asset_key(dbt_resource_props).with_prefix({asked['']})",
    ]


def _literal(node: cst.BaseExpression | None, default: str) -> str:
    return str(node.evaluated_value) if isinstance(node, cst.SimpleString) else default
