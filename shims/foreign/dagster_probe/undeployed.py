"""What is decorated but not deployed."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..project import below, explain, loaded_below, modules_of
from .jobs import steps
from .keys import path
from .operations import op_defs, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def places(repository: Any) -> set[tuple[str, int] | None]:
    """The code places of every op of every deployed job and asset."""
    ops = [o for d in repository.asset_graph.assets_defs for o in op_defs(d)]
    for definition in repository.get_all_jobs():
        ops.extend(op for _, _, op in steps(definition.graph, "", {}))
    return {place_of(op) for op in ops}


def modules_below(root: Path, module: str) -> Iterator[tuple[str, Path]]:
    """(module name, file) of the module's own top-level package; else of it and all it loaded beside it."""
    top = root / module.partition(".")[0]
    if module.endswith(".py") or not top.is_dir():
        file = root / (module if module.endswith(".py") else f"{module}.py")
        yield from [(module, file)] if file.is_file() else []
        yield from ((name, loaded) for name, loaded in loaded_below(root) if loaded != file)
        return
    yield from modules_of(top, root)


def import_file(name: str, file: Path) -> Any:
    """Import a module; a file hidden behind a package of the same name is loaded by its path."""
    module = importlib.import_module(name)
    if Path(module.__file__ or "").resolve() == file.resolve():
        return module
    spec = importlib.util.spec_from_file_location(f"{name}__shadowed", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def undeployed(
    root: Path, module: str, deployed: set[Any], dump: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Definitions in the project's modules that the repository does not hold; modules that do not import."""
    names = {x["name"] for part in ("jobs", "schedules", "sensors") for x in dump[part]}
    found: dict[Any, dict[str, Any]] = {}
    broken = []
    for name, file in modules_below(root, module):
        relative = file.relative_to(root).as_posix()
        try:
            loaded = import_file(name, file)
        except BaseException as problem:  # a module may even call sys.exit
            if isinstance(problem, KeyboardInterrupt):
                raise
            broken.append({"module": name, "file": relative, **explain(problem, root)})
            continue
        lines = assigned_lines(file)
        for variable, value in definitions_in(loaded):
            kind, label, op = describe(value)
            place = place_of(op) if op is not None else None
            if kind is None or (place in deployed if place else label in names):
                continue
            where = Path(place[0]) if place else file
            line = place[1] if place else lines.get(variable)
            shown = below(where, root)
            if shown and (place or variable in lines):
                found[kind, label, shown, line] = {
                    **{"kind": kind, "name": label, "file": shown, "line": line},
                    "keys": names_of(value) if op is not None else [],
                }
    return sorted(found.values(), key=lambda u: (u["file"], u["line"] or 0, u["name"])), broken


def definitions_in(module: Any) -> Iterator[tuple[str, Any]]:
    """(variable, value) of a module's names, looking into lists, tuples and dicts one level deep."""
    for name, value in list(vars(module).items()):
        if name.startswith("__"):
            continue
        # Exact types: many of Dagster's own definitions are tuples underneath.
        inner = (
            list(value.values())
            if type(value) is dict
            else value
            if type(value) in (list, tuple)
            else [value]
        )
        yield from ((name, item) for item in inner)


def names_of(value: Any) -> list[str]:
    """The keys of an asset's function, or its checks as `key:name`; none of an op."""
    keys = sorted(path(k) for k in getattr(value, "keys", ()))
    return keys or [f"{path(s.asset_key)}:{s.name}" for s in getattr(value, "check_specs", ())]


def describe(value: Any) -> tuple[str | None, str, Any]:
    """(Dagster's name of the construct, its own name, the object with its function) of a definition."""
    kinds = {
        "AssetChecksDefinition": "asset_check",
        "AssetsDefinition": "asset",
        "JobDefinition": "job",
        "UnresolvedAssetJobDefinition": "define_asset_job",
        "ScheduleDefinition": "schedule",
        "UnresolvedPartitionedAssetScheduleDefinition": "schedule",
        "SensorDefinition": "sensor",
        "OpDefinition": "op",
    }
    mro = [c.__name__ for c in type(value).__mro__ if c.__module__.startswith("dagster.")]
    kind = next((kinds[n] for n in mro if n in kinds), None)
    if kind in ("asset", "asset_check"):
        ops = op_defs(value)
        keys = names_of(value)
        if not value.keys and kind == "asset":
            kind = "asset_check"
        return (
            (kind, ", ".join(keys[:3]) + (", …" if len(keys) > 3 else ""), ops[0])
            if ops
            else (None, "", None)
        )
    if kind == "op":
        return kind, value.name, value
    return kind, getattr(value, "name", ""), None


def assigned_lines(file: Path) -> dict[str, int]:
    """Where a module's names are bound: assignments, functions and classes."""
    found: dict[str, int] = {}
    for node in ast.parse(file.read_bytes()).body:
        targets: list[Any] = getattr(node, "targets", None) or [getattr(node, "target", node)]
        for target in targets:
            name = getattr(target, "id", None) or getattr(target, "name", None)
            if isinstance(name, str):
                found.setdefault(name, node.lineno)
    return found
