"""The text a preflight reads: code, SQL and configuration of both sides, each file once."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from shims import freeze

if TYPE_CHECKING:
    from migrate.config import Migration

SUFFIXES = (".py", ".sql", ".yml", ".yaml", ".toml", ".cfg", ".ini", ".env", ".sh")
LARGEST = 1_000_000
"""Bytes of a file that is read; larger ones are data."""
COMMENT = {".py": "#", ".sql": "--", ".yml": "#", ".yaml": "#", ".toml": "#", ".sh": "#", ".env": "#"}


@dataclass(frozen=True)
class Source:
    """One file: `side` is "dagster", "prefect" or empty (an input of both)."""

    side: str
    name: str
    path: Path
    text: str
    reached: bool = True
    """Whether a side comes by it: no script, test or dashboard that its entry module never imports."""

    @property
    def suffix(self) -> str:
        """`.py`, `.sql`, …"""
        return self.path.suffix

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree of a Python file; None for others and for what does not parse."""
        if self.suffix != ".py":
            return None
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError):
            return None

    def strings(self) -> Iterator[tuple[int, str]]:
        """(line, text) of each string of a Python file, docstrings left out; else of each line."""
        if self.suffix == ".py":
            documented = {id(d) for d in _docstrings(self.tree)} if self.tree else set()
            for node in ast.walk(self.tree) if self.tree else ():
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and id(node) not in documented
                ):
                    yield node.lineno, node.value
            return
        mark = COMMENT.get(self.suffix)
        for number, line in enumerate(self.text.splitlines(), start=1):
            yield number, re.split(rf"(?:^|\s){re.escape(mark)}", line)[0] if mark else line

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call of a Python file with its dotted name as it is spelled."""
        for node in ast.walk(self.tree) if self.tree else ():
            if isinstance(node, ast.Call):
                yield node, dotted(node.func)


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression; a call in it is left out (`Path(x).open` is `Path.open`)."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string that stands alone as a statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def read(migration: Migration) -> list[Source]:
    """Both projects and the frozen inputs; a name that stands for nothing is left out."""
    root, found, seen = migration.root, list[Source](), set[Path]()
    names = [("dagster", migration.legacy.root), ("prefect", migration.target.root)]
    names += [("", name) for name in migration.input.freeze]
    for side, name in names:
        if not (root / name).exists():
            continue
        for path, relative in freeze.frozen_files(root, [name]):
            hidden = any(part.startswith(".") for part in Path(os.path.relpath(path, root / name)).parts)
            if path in seen or hidden or path.suffix not in SUFFIXES or path.stat().st_size > LARGEST:
                continue
            seen.add(path)
            found.append(Source(side, relative, path, path.read_text(encoding="utf-8", errors="replace")))
    reached = _reached(found, migration)
    return [
        s if s.path in reached or s.suffix not in (".py", ".sh") else replace(s, reached=False) for s in found
    ]


def _reached(sources: list[Source], migration: Migration) -> set[Path]:
    """The Python files that the entry modules import, however deep; all where the entry is not found."""
    entries = {
        "dagster": (migration.legacy.root, migration.legacy.module),
        "prefect": (migration.target.root, migration.target.flow.partition(":")[0]),
    }
    reached = {s.path for s in sources if s.side == ""}
    for side, (root, entry) in entries.items():
        modules = {m: s for s in sources if s.side == side and s.tree for m in _names(s, root)}
        waiting = [entry] if entry in modules else list(modules)
        done: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in done or name not in modules:
                continue
            done.add(name)
            reached.add(modules[name].path)
            waiting += [".".join(name.split(".")[:n]) for n in range(1, name.count(".") + 1)]
            waiting += _imported(modules[name], name)
    return reached


def _names(source: Source, root: str) -> Iterator[str]:
    """The module names of a file: below the root, and below a `src` folder in it."""
    parts = list(Path(os.path.relpath(source.name, root)).with_suffix("").parts)
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    yield ".".join(parts)
    if parts[:1] == ["src"]:
        yield ".".join(parts[1:])


def _imported(source: Source, name: str) -> Iterator[str]:
    """The modules a file may import, relative ones resolved; `from a import b` may mean `a.b`."""
    package = name.split(".") if source.path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(source.tree) if source.tree else ():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            before = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*before, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
