"""Components of Dagster's libraries as the Python they stand for: Sling replications, functions.

Upstream: https://docs.slingdata.io/concepts/replication
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import libcst as cst

from migrate.reading.component_templates import Scope, Untold, quoted
from migrate.reading.component_values import Values
from migrate.reading.names import Internal, NameIndex
from migrate.reading.own_components import imports_for

STREAM = re.compile(r"\{\{\s*stream_definition\.(\w+)\s*\}\}")
ADDONS = {"column_metadata": ".fetch_column_metadata()", "row_count": ".fetch_row_count()"}


def sling(path: str, name: str, given: Mapping[str, Any], root: Callable[[], str]) -> str:
    """`SlingReplicationCollectionComponent`: `@sling_assets` for each replication, and its connections.

    Raises:
        Untold: it says something that has no Python form here.
    """
    resource = given.get("sling") or given.get("resource") or {}
    told = resource.get("connections", given.get("connections")) or []
    if set(given) - {"sling", "resource", "connections", "replications"} or set(resource) - {"connections"}:
        raise Untold(", ".join(sorted((set(given) | set(resource)) - {"sling", "resource", "replications"})))
    if isinstance(told, dict):
        told = [{"name": key, **settings} for key, settings in told.items()]
    scope = Scope(root)
    values = Values(NameIndex({}), scope)
    connections = [
        f"SlingConnectionResource({', '.join(f'{n}={values.plain(v)}' for n, v in one.items())})"
        for one in told
    ]
    parts, assets = [], []
    for place, one in enumerate(given.get("replications") or []):
        function = f"{name}_replication" + (f"_{place + 1}" if place else "")
        parts.append(_replication(function, f"{name}_sling", one))
        assets.append(function)
    lines = [
        "from pathlib import Path",
        "from dagster_sling import DagsterSlingTranslator, SlingConnectionResource",
        "from dagster_sling import SlingResource, sling_assets",
        *scope.imports,
    ]
    made = f"SlingResource(connections=[{', '.join(connections)}])"
    held = f"dg.Definitions(assets=[{', '.join(assets)}], resources={{'{name}_sling': {made}}})"
    return "\n".join([*lines, "", *parts, f"{name}_defs = {held}", ""])


def _replication(function: str, resource: str, one: Any) -> str:
    known = {"path", "translation", "asset_attributes", "op", "include_metadata"}
    if not isinstance(one, dict) or "path" not in one or set(one) - known or "{{" in str(one["path"]):
        raise Untold("its replications")
    op = one.get("op") or {}
    if set(op) - {"name"}:
        raise Untold(f"{', '.join(sorted(set(op) - {'name'}))} of its op")
    step = str(op.get("name") or PurePosixPath(str(one["path"])).stem)
    translator = _translator(function, one.get("translation") or one.get("asset_attributes") or {})
    named = f", dagster_sling_translator={function}_names()" if translator else ""
    more = "".join(ADDONS[a] for a in ADDONS if a in (one.get("include_metadata") or ()))
    return (
        f"{translator}\n@sling_assets(name={quoted(step)}, "
        f"replication_config=Path(__file__).parent / {quoted(str(one['path']))}{named})\n"
        f"def {function}(context: dg.AssetExecutionContext, {resource}: SlingResource):\n"
        f"    yield from {resource}.replicate(context=context){more}\n\n"
    )


def _translator(function: str, given: Any) -> str:
    """A translator class; empty when nothing is translated."""
    if not isinstance(given, dict) or set(given) - {"group_name", "description"}:
        untold = set(given) - {"group_name", "description"} if isinstance(given, dict) else {"all"}
        raise Untold(f"{', '.join(sorted(untold))} of its translation")
    lines = [f"class {function}_names(DagsterSlingTranslator):"]
    for name, worth in given.items():
        pieces = STREAM.split(str(worth))
        if any("{{" in piece for piece in pieces):
            raise Untold(f"the template {worth}")
        text = " + ".join(
            f"str(stream_definition[{quoted(piece)}])" if place % 2 else quoted(piece)
            for place, piece in enumerate(pieces)
            if piece
        )
        lines += [f"    def get_{name}(self, stream_definition):", f"        return {text}", ""]
    return "\n".join([*lines, ""]) if given else ""


def function(names: NameIndex, folder: str, name: str, given: Mapping[str, Any]) -> str:
    """`FunctionComponent`: the function it names, decorated with the assets it makes.

    Args:
        names: what the project's names mean.
        folder: the module that the YAML's folder is.
        name: the component's name.
        given: what YAML says.

    Raises:
        Untold: as above.
    """
    execution = given.get("execution")
    told = execution if isinstance(execution, dict) else {"fn": execution}
    path = str(told.get("fn") or "")
    if set(given) - {"execution", "assets"} or set(told) - {"fn", "name", "type"} or not given.get("assets"):
        raise Untold(", ".join(sorted(set(given) - {"execution", "assets"})) or "its execution")
    meaning = names.follow(f"{folder}{path}" if path.startswith(".") else path)
    node = None
    if isinstance(meaning, Internal) and not meaning.rest:
        node = names.modules[meaning.module].nodes[meaning.name][-1]
    if not isinstance(node, cst.FunctionDef) or node.decorators or not isinstance(meaning, Internal):
        raise Untold(f"the function {path}")
    values = Values(names, Scope(lambda: "None"))
    specs = ", ".join(values.spec(one) for one in given["assets"])
    step = str(told.get("name") or meaning.name)
    code = cst.Module([]).code_for_node(node.with_changes(leading_lines=[])).strip()
    text = f"@dg.multi_asset(name={quoted(step)}, specs=[{specs}])\n{code}\n"
    lines: Sequence[str] = imports_for(names, text, [meaning.module], [])
    return "\n".join([*lines, "", text, f"{name}_defs = dg.Definitions(assets=[{meaning.name}])", ""])
