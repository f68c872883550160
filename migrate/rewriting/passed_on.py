"""Imports of definitions that are gone: the target has no `Definitions` for a package to pass on."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, MutableMapping
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.names import imports_of
from migrate.rewriting.exports import exported, without_exports
from migrate.rewriting.imports import mend
from migrate.rewriting.used import used_names

if TYPE_CHECKING:
    from migrate.model import Model

ROUNDS = 4
"""How many packages may hand a name on, one to the next."""

VANISHING = ("Component", "Model", "Resolvable")
"""Classes that may leave nothing behind."""


def without_gone(model: Model, files: MutableMapping[str, bytes]) -> None:
    """Take imports of names that the modules of the definitions no longer have out of all other files."""
    paths: Mapping[str, str] = getattr(model.project.names.modules, "paths", {})
    asked = {c.module for c in model.definitions}
    asked |= {c.module for c in model.project.constructs.values() if c.kind in VANISHING}
    asked |= {f.module for f in model.project.python.values() if model.project.written_out and f.constructs}
    gone = {f"{m}.{n}" for m in asked for n in _lost(model, m, paths, files)}
    for _ in range(ROUNDS if gone else 0):
        words = {name.rpartition(".")[2].encode() for name in gone}
        more: set[str] = set()
        for module, path in paths.items():
            data = files.get(path, b"")
            if b"import" in data and any(word in data for word in words):
                more |= {f"{module}.{bound}" for bound in _taken_out(module, path, gone, files)}
        if not more:
            return
        gone |= more


def _lost(model: Model, module: str, paths: Mapping[str, str], files: Mapping[str, bytes]) -> set[str]:
    """The names at the top of a module that its converted text no longer binds."""
    try:
        tree = ast.parse(files.get(paths.get(module, ""), b""))
    except (SyntaxError, ValueError):
        return set()
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {
        n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    bound |= {
        a.asname or a.name
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom | ast.Import)
        for a in n.names
    }
    return set(model.project.names.modules[module].nodes) - bound


def _may_import(data: bytes, words: Collection[str]) -> bool:
    """Whether a statement at the top imports one of the words from anywhere: Python's own parser is quick."""
    try:
        body = ast.parse(data).body
    except (SyntaxError, ValueError, RecursionError):
        return True
    return any(
        isinstance(statement, ast.ImportFrom) and any(alias.name in words for alias in statement.names)
        for statement in body
    )


def _taken_out(module: str, path: str, gone: set[str], files: MutableMapping[str, bytes]) -> set[str]:
    """What one file no longer binds; a name that it reads itself stays."""
    if not _may_import(files[path], {name.rpartition(".")[2] for name in gone}):
        return set()
    try:
        tree = cst.parse_module(files[path])
    except (cst.ParserSyntaxError, UnicodeDecodeError, RecursionError):
        return set()
    package = path.endswith("__init__.py")
    used = used_names(tree) - exported(tree)
    lost = set()
    for statement in tree.body:
        for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.ImportFrom):
                found = imports_of(small, module, package)
                lost |= {bound for bound, target in found if target in gone and not used.get(bound)}
    if lost:
        tree = without_exports(tree, lost)
        mended = mend(tree, dict.fromkeys(lost, 1), (), lambda name: False, lambda name: True)
        files[path] = mended.bytes
    return lost
