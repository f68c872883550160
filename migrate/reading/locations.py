"""The code locations that a tree deploys: what workspace files, Dagster+ and pyproject.toml point at.

Upstream: https://docs.dagster.io/guides/build/projects/workspaces/workspace-yaml
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

CLOUD = ("dagster_cloud.yaml", "dagster_cloud.yml")
WORKSPACE = ("workspace.yaml", "workspace.yml")
SETTINGS = ("pyproject.toml", "dg.toml")
KINDS = {"python_module": "module_name", "python_package": "package_name", "python_file": "relative_path"}


@dataclass(frozen=True)
class Pointer:
    """What a settings file says: a module or a file, looked up in `folders`, the likeliest first."""

    told_by: str
    folders: tuple[str, ...]
    module: str = ""
    file: str = ""
    name: str = ""
    implied: bool = False


@dataclass(frozen=True)
class Location:
    """A deployed code location: the file that Dagster loads, and who says so (empty: nobody does)."""

    name: str
    file: str
    told_by: str = ""


def locations_of(
    root: Path, paths: Sequence[str], modules: Sequence[str] = ()
) -> tuple[list[Location], list[str]]:
    """The code locations among the files of a tree, and pointers that lead to no file of it.

    Args:
        root: the tree.
        paths: its files, relative to it.
        modules: take these modules instead of what the settings say.
    """
    python = {p for p in paths if p.endswith(".py")}
    pointers: Iterable[Pointer] = [Pointer("--module", ("",), module=m, name=m) for m in modules]
    if not modules:
        pointers = [pointer for path in paths for pointer in _pointers(root, path)]
    found: dict[str, Location] = {}
    lost = []
    for pointer in pointers:
        file = _file(pointer, python)
        if file:
            name = pointer.name or pointer.module or file
            found.setdefault(file, Location(name, file, pointer.told_by))
        elif not pointer.implied:
            lost.append(
                f"{pointer.told_by} names {pointer.module or pointer.file}, which is not in this tree"
            )
    return list(found.values()), lost


def _file(pointer: Pointer, python: set[str]) -> str:
    inside = [normpath(f"{folder}/{part}") for folder in pointer.folders for part in ("", "src")]
    if pointer.file:
        wanted = [normpath(f"{folder}/{pointer.file}") for folder in inside]
        return next((p for p in wanted if p in python), "")
    tail = pointer.module.replace(".", "/")
    tails = (f"{tail}.py", f"{tail}/__init__.py")
    wanted = [normpath(f"{folder}/{t}") for folder in inside for t in tails]
    near = next((p for p in wanted if p in python), "")
    far = sorted(
        (p for p in python for t in tails if p == t or p.endswith(f"/{t}")), key=lambda p: (len(p), p)
    )
    return near or (far[0] if far and not pointer.implied else "")


def _pointers(root: Path, path: str) -> Iterator[Pointer]:
    name = PurePosixPath(path).name
    if name not in (*CLOUD, *WORKSPACE, *SETTINGS):
        return
    folder = str(PurePosixPath(path).parent)
    content = _content(root / path)
    if name in SETTINGS:
        yield from _of_settings(content, path, folder, name == "dg.toml")
    elif name in CLOUD:
        for entry in _maps(content.get("locations")):
            source = entry.get("code_source")
            build = entry.get("build")
            told = [*_texts(build, "directory"), *_texts(entry, "working_directory")]
            yield from _of_source(source, path, folder, told, str(entry.get("location_name") or ""))
    else:
        for entry in _maps(content.get("load_from")):
            for kind, source in entry.items():
                key = KINDS.get(kind, "")
                given = {key: source} if isinstance(source, str) else source
                if key:
                    yield from _of_source(given, path, folder, _texts(given, "working_directory"), "")


def _of_settings(content: Mapping[str, Any], path: str, folder: str, plain: bool) -> Iterator[Pointer]:
    tool = content.get("tool")
    tool = tool if isinstance(tool, dict) else {}
    dagster = tool.get("dagster")
    if isinstance(dagster, dict):
        yield from _of_source(dagster, path, folder, [], "")
        for entry in _maps(dagster.get("modules")):
            yield from _of_source({"module_name": entry.get("name")}, path, folder, [], "")
    dg = content if plain else tool.get("dg")
    project = dg.get("project") if isinstance(dg, dict) else None
    if isinstance(project, dict):
        package = str(project.get("root_module") or "")
        target = str(project.get("code_location_target_module") or "")
        if target or package:
            module = target or f"{package}.definitions"
            name = str(project.get("code_location_name") or package or target)
            yield Pointer(path, (folder,), module=module, name=name, implied=not target)


def _of_source(source: Any, path: str, folder: str, told: Sequence[str], name: str) -> Iterator[Pointer]:
    if not isinstance(source, dict):
        return
    folders = tuple(normpath(f"{folder}/{t}") for t in told if not t.startswith("/"))
    named = name or str(source.get("location_name") or source.get("code_location_name") or "")
    module = source.get("module_name") or source.get("package_name")
    file = source.get("relative_path") or source.get("python_file")
    if isinstance(module, str):
        yield Pointer(path, (*folders, folder), module=module, name=named)
    elif isinstance(file, str):
        yield Pointer(path, (folder, *folders), file=file, name=named)


def _content(path: Path) -> Mapping[str, Any]:
    """The content of a settings file; one that cannot be read points at nothing."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            return tomllib.loads(text)
        import yaml

        found = yaml.safe_load(text)
    except Exception:  # whatever is wrong with it, it is not ours to judge
        return {}
    return found if isinstance(found, dict) else {}


def _maps(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: Any, name: str) -> list[str]:
    given = value.get(name) if isinstance(value, dict) else None
    return [given] if isinstance(given, str) else []
