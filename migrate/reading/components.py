"""Components that YAML describes (`defs.yaml`, `component.yaml`), read as the Python they stand for.

What Dagster's own loader would do with a file is written down as a module of plain decorators, so that every
rule knows it already. A component that has no such form becomes a call of its type, for a rule to refuse.

Upstream: https://docs.dagster.io/guides/build/components
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from migrate.reading.component_templates import Untold, quoted
from migrate.reading.dlt_component import dlt
from migrate.reading.library_components import function, sling

if TYPE_CHECKING:
    from migrate.reading.names import NameIndex

FILES = ("defs.yaml", "defs.yml", "component.yaml", "component.yml")
TYPE = re.compile(rb"^type:[ \t]*\S", re.MULTILINE)
TEMPLATE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
FOLDERS = ("DefsFolderComponent", "DefinitionsComponent")
ROOT = re.compile(r"^\{\{\s*(?:context\.)?project_root\s*\}\}/?")
NODE = re.compile(r"^node\.(\w+)$")
IMPORT = re.compile(r"^(?:import|from)\s+[\w.]+")
HEAD = "import dagster as dg\n"


def is_component(name: str, data: bytes) -> bool:
    """Whether a file of this name and content describes a component."""
    return name in FILES and TYPE.search(data) is not None


def beside(path: str, taken: Sequence[str]) -> str:
    """The path of the module that takes the place of a component's file."""
    file = PurePosixPath(path)
    plain = file.with_suffix(".py").as_posix()
    return plain if plain not in taken else file.with_name(f"{file.stem}_yaml.py").as_posix()


def is_folder(root: Path, path: str) -> bool:
    """Whether a component's file only says that the folder's other files are loaded too."""
    return all(kind.rpartition(".")[2] in FOLDERS for kind in kinds_of(root / path))


def kinds_of(path: Path) -> list[str]:
    """The types of the components of a file; empty when it is no YAML."""
    return [str(one.get("type", "")) for one in _documents(path)]


def lines_of(path: Path) -> list[int]:
    """The lines on which the components of a file say their type."""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [number for number, line in enumerate(text, 1) if line.startswith("type:")]


def _documents(path: Path) -> list[dict[str, Any]]:
    import yaml

    try:
        found = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return []
    return [one for one in found if isinstance(one, dict) and one.get("type")]


def module_of(root: Path, base: str, path: str, names: NameIndex | None = None) -> str:
    """The Python that a component's file stands for.

    Args:
        root: the folder that is converted.
        base: the project's own folder below it, `project_root` in templates.
        path: the YAML file, relative to `root`.
        names: what the project's names mean; without them its own classes are refused.
    """
    told = _documents(root / path)
    parts = [_component(root, base, path, one, place, names) for place, one in enumerate(told)]
    lines = dict.fromkeys(line for part in parts for line in part.splitlines() if IMPORT.match(line))
    rest = "\n".join(line for part in parts for line in part.splitlines() if not IMPORT.match(line))
    return HEAD + "\n".join([*(line for line in lines if line != HEAD.strip()), "", rest, ""])


def _component(
    root: Path, base: str, path: str, one: Mapping[str, Any], place: int, names: NameIndex | None
) -> str:
    kind = str(one["type"])
    short = kind.rpartition(".")[2]
    name = re.sub(r"\W", "_", PurePosixPath(path).parent.name) + (f"_{place + 1}" if place else "")
    attributes = one.get("attributes") or {}
    top = (
        kind.startswith("dagster.") or kind.startswith(("dagster_dbt.", "dagster_sling.")) or "." not in kind
    )
    known = KNOWN.get(short) if top else None
    try:
        if set(one) - {"type", "attributes", "requirements"}:
            raise Untold(", ".join(sorted(set(one) - {"type", "attributes", "requirements"})))
        if known is not None and isinstance(attributes, dict):
            return known(root, base, path, name, attributes)
        library = LIBRARY.get(kind)
        if names is not None and library is not None and isinstance(attributes, dict):
            return library(names, _folder_module(names, root, path), name, attributes)
        if names is not None and isinstance(attributes, dict):
            from migrate.reading.own_components import own

            full = f"{_folder_module(names, root, path)}{kind}" if kind.startswith(".") else kind
            return "\n".join(
                own(names, full, name, attributes, lambda: _place(path, base, "{{ project_root }}"))
            )
        raise Untold("this type of component")
    except Untold as reason:
        return _refused(kind, name, str(reason))
    except Exception as problem:  # a stranger's class must never stop the project
        return _refused(kind, name, f"what {type(problem).__name__} says of it ({problem})")


def _folder_module(names: NameIndex, root: Path, path: str) -> str:
    """The module that the folder of a file is."""
    from migrate.reading.source import module_name

    spaces: frozenset[str] = getattr(names.modules, "namespaces", frozenset())
    return module_name(root, PurePosixPath(path).with_suffix(".py").as_posix(), spaces)[0].rpartition(".")[0]


def _refused(kind: str, name: str, reason: str) -> str:
    """A call that no rule converts: it counts, is refused, and its module raises by name."""
    short = kind.rpartition(".")[2]
    return (
        f"\nfrom dagster_component import {short} as {name}_type\n\n"
        f"{name} = {name}_type({kind!r}, {reason!r})\n"
        f"{name}_defs = dg.Definitions(assets=[{name}])\n"
    )


def _folder(root: Path, base: str, path: str, name: str, given: Mapping[str, Any]) -> str:
    """Nothing: the folder's other files are read as they are."""
    if set(given) - {"path"}:
        raise Untold(", ".join(sorted(set(given) - {"path"})))
    return ""


def _script(root: Path, base: str, path: str, name: str, given: Mapping[str, Any]) -> str:
    """`PythonScriptComponent`: assets that a process of the script makes."""
    return _process(root, path, name, given, "sys.executable")


def _uv(root: Path, base: str, path: str, name: str, given: Mapping[str, Any]) -> str:
    """`UvRunComponent`: the same by way of `uv run`."""
    return _process(root, path, name, given, '"uv", "run"')


def _process(root: Path, path: str, name: str, given: Mapping[str, Any], program: str) -> str:
    execution, assets = given.get("execution") or {}, given.get("assets") or []
    script = PurePosixPath(path).parent / str(execution.get("path", ""))
    untold = [*(set(given) - {"execution", "assets"}), *(set(execution) - {"path", "args", "name"})]
    if untold or not assets or not (root / script).is_file():
        raise Untold(", ".join(sorted(untold)) or "its script or assets")
    if b"dagster_pipes" in (root / script).read_bytes():
        raise Untold("a script that reports through dagster_pipes")
    args = execution.get("args") or []
    words = [str(a) for a in (shlex.split(args) if isinstance(args, str) else args)]
    command = ", ".join([program, "script", *map(quoted, words)])
    specs = [f"        {_spec(one)}," for one in assets]
    step = str(execution.get("name") or script.stem)
    return "\n".join(
        [
            "import subprocess\nimport sys\nfrom pathlib import Path\n\n",
            f"@dg.multi_asset(\n    name={quoted(step)},\n    specs=[",
            *specs,
            f"    ],\n)\ndef {name}() -> None:",
            f"    script = Path(__file__).parent / {quoted(str(execution['path']))}",
            f"    subprocess.run([{command}], check=True)\n",
        ]
    )


def _spec(one: Any) -> str:
    """An `AssetSpec` of a component's asset."""
    allowed = {"key", "deps", "group_name", "description", "tags", "owners", "kinds", "metadata", "skippable"}
    if not isinstance(one, dict) or "key" not in one or set(one) - allowed or "{{" in repr(one):
        raise Untold("what it says of its assets")
    more = [f"{name}={quoted(worth)}" for name, worth in one.items() if name not in ("key", "deps")]
    more += [f"deps=[{', '.join(map(_key, one['deps']))}]"] if one.get("deps") else []
    return f"dg.AssetSpec({', '.join([_key(one['key']), *more])})"


def _key(text: Any) -> str:
    return f"dg.AssetKey([{', '.join(map(quoted, str(text).split('/')))}])"


def _dbt(root: Path, base: str, path: str, name: str, given: Mapping[str, Any]) -> str:
    """`DbtProjectComponent`: `@dbt_assets` over the project, with a translator for what it translates."""
    allowed = {"project", "select", "exclude", "translation", "cli_args", "prepare_if_dev"}
    args, project = given.get("cli_args") or ["build"], given.get("project")
    if set(given) - allowed or not all(isinstance(a, str) and "{{" not in a for a in args):
        raise Untold(", ".join(sorted(set(given) - allowed)) or "its cli_args")
    folder = project.get("project_dir") if isinstance(project, dict) and len(project) == 1 else project
    if not isinstance(folder, str):
        raise Untold("its project")
    translator = _translator(name, given.get("translation") or {})
    options = [f"{n}={quoted(given[n])}" for n in ("select", "exclude") if given.get(n)]
    options += (
        [f"dagster_dbt_translator={translator.split('(')[0].removeprefix('class ')}()"] if translator else []
    )
    return (
        "from pathlib import Path\n\n"
        "from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets\n\n"
        f"{name}_project = {_place(path, base, folder)}\n\n\n{translator}"
        f"@dbt_assets(\n    manifest={name}_project / 'target/manifest.json', "
        f"{', '.join([*options, f'name={quoted(name)}'])}\n)\n"
        f"def {name}(context: dg.AssetExecutionContext, {name}_dbt: DbtCliResource):\n"
        f"    yield from {name}_dbt.cli([{', '.join(map(quoted, args))}], context=context).stream()\n\n\n"
        f"{name}_defs = dg.Definitions(\n"
        f"    assets=[{name}], resources={{'{name}_dbt': DbtCliResource(project_dir={name}_project)}}\n)\n"
    )


def _place(path: str, base: str, folder: str) -> str:
    """The expression of a folder that YAML names: from the project's root, or from the file's own folder."""
    if "{{" in ROOT.sub("", folder):
        raise Untold("its project")
    up = len(PurePosixPath(path).parent.relative_to(base or ".").parts)
    above = "Path(__file__)" + ".parent" * ((up if ROOT.match(folder) else 0) + 1)
    return f"{above} / {quoted(ROOT.sub('', folder))}"


def _translator(name: str, given: Mapping[str, Any]) -> str:
    """A translator class; empty when nothing is translated."""
    if set(given) - {"key", "group_name"}:
        raise Untold(f"{', '.join(sorted(set(given) - {'key', 'group_name'}))} of its translation")
    camel = "".join(part.capitalize() for part in name.split("_"))
    lines = [f"class {camel}Translator(DagsterDbtTranslator):"]
    if "key" in given:
        parts = ", ".join(_text(part) for part in str(given["key"]).split("/"))
        lines += [
            "",
            "    def get_asset_key(self, dbt_resource_props):",
            f"        return dg.AssetKey([{parts}])",
        ]
    if "group_name" in given:
        group = _text(given["group_name"])
        lines += ["", "    def get_group_name(self, dbt_resource_props):", f"        return {group}"]
    return "\n".join([*lines, "\n\n"]) if given else ""


def _text(template: Any) -> str:
    """A template over a dbt node as an expression over its properties."""
    pieces = TEMPLATE.split(str(template))
    found = []
    for place, piece in enumerate(pieces):
        node = NODE.match(piece) if place % 2 else None
        if place % 2 and node is None:
            raise Untold(f"the template {piece}")
        if node or piece:
            found.append(f'dbt_resource_props["{node.group(1)}"]' if node else quoted(piece))
    return " + ".join(found) or '""'


def _sling(root: Path, base: str, path: str, name: str, given: Mapping[str, Any]) -> str:
    return sling(path, name, given, lambda: _place(path, base, "{{ project_root }}"))


Reader = Callable[[Path, str, str, str, Mapping[str, Any]], str]
KNOWN: Mapping[str, Reader] = {
    "DefsFolderComponent": _folder,
    "PythonScriptComponent": _script,
    "UvRunComponent": _uv,
    "SlingReplicationCollectionComponent": _sling,
    "DbtProjectComponent": _dbt,
}
LIBRARY: Mapping[str, Callable[[NameIndex, str, str, Mapping[str, Any]], str]] = {
    "dagster.FunctionComponent": function,
    "dagster_dlt.DltLoadCollectionComponent": dlt,
}
"""Those that name objects of the project."""
