"""Modules that no deployed construct is in, and that what is written reads names of all the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migrate.reading.names import Internal, ModuleRef
from migrate.rewriting.passed_on import left_behind, mentioning

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.project import PythonFile


def still_asked(model: Model, files: Mapping[str, bytes]) -> list[PythonFile]:
    """The files to write as well; the names are followed through every package that hands them on."""
    unwritten = left_behind(model, files)
    paths: Mapping[str, str] = getattr(model.project.names.modules, "paths", {})
    nodes = [name for module in unwritten for name in model.project.names.modules[module].nodes]
    words = {module.rpartition(".")[2] for module in unwritten} | set(nodes)
    if not unwritten:
        return []
    mentioned = mentioning(words)
    asked: set[str] = set()
    for module, path in paths.items():
        data = files.get(path, b"")
        if b"import" in data and mentioned(data):
            asked |= set(_read(model, module, path, data)) & unwritten
    return [f for f in model.project.python.values() if f.module in asked and not f.shadowed]


def _read(model: Model, module: str, path: str, data: bytes) -> Iterator[str]:
    """The modules in which the names are that a file imports and reads."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError):
        return
    listed = {id(n) for statement in tree.body for n in _listed(statement)}
    names = (n for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    read = {n.id for n in names if id(n) not in listed}
    meanings = [model.project.names.resolve(module, path) for path in _attributes(tree)]
    for statement in ast.walk(tree):
        if isinstance(statement, ast.ImportFrom):
            base = _absolute(statement, module, path.endswith("__init__.py"))
            bound = [alias.name for alias in statement.names if (alias.asname or alias.name) in read]
            meanings += [model.project.names.follow(f"{base}.{name}") for name in bound]
    yield from (meaning.module for meaning in meanings if isinstance(meaning, Internal | ModuleRef))


def _attributes(tree: ast.Module) -> set[str]:
    """The dotted paths that a module reads: of what `import a` binds."""
    found = (n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load))
    return {text for text in map(_path, found) if text}


def _path(node: ast.expr) -> str:
    """`a.b.c` of names and attributes; empty for any other expression."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _listed(statement: ast.stmt) -> list[ast.expr]:
    """The elements of a list at the top of a module: it goes without what is gone."""
    value = statement.value if isinstance(statement, ast.Assign) else None
    return value.elts if isinstance(value, ast.List) else []


def _absolute(statement: ast.ImportFrom, module: str, package: bool) -> str:
    if not statement.level:
        return statement.module or ""
    parts = module.split(".")
    keep = len(parts) - statement.level + (1 if package else 0)
    return ".".join([*parts[: max(keep, 0)], *([statement.module] if statement.module else [])])
