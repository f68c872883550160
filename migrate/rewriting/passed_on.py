"""Imports of definitions that are gone: the target has no `Definitions` for a package to pass on."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.names import imports_of
from migrate.reading.parsing import parse_module
from migrate.rewriting.exports import exported, without_exports, without_listed
from migrate.rewriting.imports import mend
from migrate.rewriting.used import used_names

if TYPE_CHECKING:
    from migrate.model import Model

WORD = re.compile(rb"\w+")
ROUNDS = 4
"""How many packages may hand a name on, one to the next."""


def without_gone(model: Model, files: MutableMapping[str, bytes]) -> None:
    """Take imports of names that the modules of the target no longer have out of all files."""
    paths: Mapping[str, str] = getattr(model.project.names.modules, "paths", {})
    unwritten = left_behind(model, files)
    gone = {f"{m}.{n}" for m in _rewritten(model) for n in _lost(model, m, paths, files)}
    gone |= {f"{m}.{n}" for m in unwritten for n in model.project.names.modules[m].nodes} | unwritten
    for _ in range(ROUNDS if gone else 0):
        mentioned = mentioning({name.rpartition(".")[2] for name in gone})
        more: set[str] = set()
        for module, path in paths.items():
            data = files.get(path, b"")
            if b"import" in data and mentioned(data):
                more |= {f"{module}.{bound}" for bound in _taken_out(module, path, gone, files, model)}
        if more <= gone:
            return
        gone = more


def mentioning(words: Collection[str]) -> Callable[[bytes], bool]:
    """Tells whether a text has one of the words, or may have: thousands of them are looked up at once."""
    plain = {word.encode() for word in words if word.isascii() and word.isidentifier()}
    others = [word.encode() for word in words if not (word.isascii() and word.isidentifier())]
    return lambda data: not plain.isdisjoint(WORD.findall(data)) or any(word in data for word in others)


def left_behind(model: Model, files: Mapping[str, bytes]) -> frozenset[str]:
    """The modules of the project that speak of Dagster and are not written."""
    return frozenset(
        f.module for f in model.project.python.values() if not f.shadowed and f.path not in files
    )


def _rewritten(model: Model) -> set[str]:
    return {f.module for f in model.project.python.values() if not f.shadowed}


def _lost(model: Model, module: str, paths: Mapping[str, str], files: Mapping[str, bytes]) -> set[str]:
    """The names at the top of a module that its converted text no longer binds."""
    try:
        tree = ast.parse(files.get(paths.get(module, ""), b""))
    except (SyntaxError, ValueError):
        return set()
    wanted = set(model.project.names.modules[module].nodes)
    lost = wanted - set(_defined(tree.body))
    if not lost:
        return lost
    walked = list(ast.walk(tree))
    stored = {n.id for n in walked if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    taken = {
        a.asname or a.name for n in walked if isinstance(n, ast.ImportFrom | ast.Import) for a in n.names
    }
    return lost - stored - taken


def _defined(body: Sequence[ast.stmt]) -> Iterator[str]:
    """The names that statements at the top define or, one at a time, give a value."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            yield from (t.id for t in statement.targets if isinstance(t, ast.Name))


def _may_import(data: bytes, words: Collection[str]) -> bool:
    """Whether a statement at the top imports one of the words from anywhere: Python's own parser is quick."""
    try:
        body = ast.parse(data).body
    except (SyntaxError, ValueError, RecursionError):
        return True
    return any(
        isinstance(statement, ast.ImportFrom)
        and any(name in words for name in (*(a.name for a in statement.names), *_last(statement)))
        for statement in body
    )


def _last(statement: ast.ImportFrom) -> list[str]:
    """The last part of the module that a star import takes everything from."""
    return [(statement.module or "").rpartition(".")[2]] if statement.names[0].name == "*" else []


def _taken_out(
    module: str, path: str, gone: Collection[str], files: MutableMapping[str, bytes], model: Model
) -> set[str]:
    """What one file no longer binds; a name that it reads itself stays."""
    if not _may_import(files[path], {name.rpartition(".")[2] for name in gone}):
        return set()
    try:
        tree = parse_module(files[path])
    except (cst.ParserSyntaxError, UnicodeDecodeError, RecursionError):
        return set()
    package = path.endswith("__init__.py")
    pairs = [pair for statement in tree.body for pair in _imports(statement, module, package)]
    tree, lost = without_listed(tree, {bound for bound, target in pairs if target in gone})
    used, body = used_names(tree) - exported(tree), list[cst.BaseStatement]()
    for statement in tree.body:
        found = _imports(statement, module, package)
        starred = [target for bound, target in found if bound == "*" and target in gone]
        lost |= {bound for bound, target in found if target in gone and bound != "*" and not used.get(bound)}
        for star in starred:
            lost |= {n for n in model.project.names.modules[star].nodes if not used.get(n)}
        assert isinstance(statement, cst.BaseStatement)
        body += [] if starred else [statement]
    if lost or len(body) < len(tree.body):
        tree = without_exports(tree.with_changes(body=body), lost)
        mended = mend(tree, dict.fromkeys(lost, 1), (), lambda name: False, lambda name: True)
        files[path] = mended.bytes
    return lost


def _imports(statement: cst.CSTNode, module: str, package: bool) -> list[tuple[str, str]]:
    """The names that the `from` imports of a statement bind, each with what it leads to."""
    small = statement.body if isinstance(statement, cst.SimpleStatementLine) else ()
    return [pair for s in small if isinstance(s, cst.ImportFrom) for pair in imports_of(s, module, package)]
