"""Tables that a Python function reads and writes: SQL in its strings, constants and the functions it calls.

Parsed with the standard library's `ast`; names are followed through the project's imports. A part of a string
that only running would tell is left out, so a table's name must be written out to count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from migrate.lineage.sql import looks_like_sql, touched
from migrate.reading.names import Internal

if TYPE_CHECKING:
    from migrate.reading.project import Project

DEPTH = 3
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Statement:
    """SQL in a string: its text with `__` for unknown parts, and where the string begins."""

    text: str
    file: str
    line: int


@dataclass(frozen=True)
class Use:
    """A table that a function touches (`reads`, `writes`, `drops`), and the place of the statement."""

    table: str
    how: str
    file: str
    line: int

    @property
    def writes(self) -> bool:
        """Whether its rows are made or changed."""
        return self.how == "writes"


@dataclass(frozen=True)
class Module:
    """One parsed file: its dotted name and its syntax tree."""

    name: str
    file: str
    tree: ast.Module
    text: str = ""

    def functions(self) -> Iterator[Function]:
        """Every function, nested ones and methods included."""
        return (n for n in ast.walk(self.tree) if isinstance(n, Function))

    def at(self, name: str, line: int) -> Function | None:
        """The function of that name whose decorators and body span the line."""
        for node in self.functions():
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if node.name == name and first <= line <= (node.end_lineno or node.lineno):
                return node
        return None


class PythonSql:
    """The SQL of one project's Python."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def modules(self) -> dict[str, Module]:
        """Every file of the project that is valid Python, by its path."""
        paths = getattr(self._project.names.modules, "paths", {})
        names = {path: module for module, path in paths.items()}
        found: dict[str, Module] = {}
        for source in self._project.files:
            if source.path.endswith(".py") and source.role != "skip":
                text = (self._project.root / source.path).read_text(encoding="utf-8", errors="replace")
                try:
                    tree = ast.parse(text)
                except (SyntaxError, ValueError, RecursionError):
                    continue
                module = names.get(source.path, f"{source.path} (shadowed)")
                found[source.path] = Module(module, source.path, tree, text)
        return found

    @cached_property
    def _by_name(self) -> dict[str, Module]:
        return {module.name: module for module in self.modules.values()}

    def uses(self, file: str, name: str, line: int) -> tuple[Use, ...]:
        """The tables that the function at a place touches, each once a place."""
        module = self.modules.get(file)
        node = module.at(name, line) if module else None
        if module is None or node is None:
            return ()
        found = dict.fromkeys(
            Use(table, how, s.file, s.line)
            for s in self.statements(module, node)
            for how in ("reads", "writes", "drops")
            for table in sorted(getattr(touched(s.text), how))
        )
        return tuple(use for use in found if "__" not in use.table)

    def statements(self, module: Module, node: Function, depth: int = DEPTH) -> Iterator[Statement]:
        """The SQL of a function, of constants it names, and of the project's functions it calls."""
        documented = ast.get_docstring(node, clean=False) is not None
        for statement in node.body[documented:]:  # decorators are read as dependencies, not as what it does
            yield from statements_in(statement, module.file)
        for found, holder in self._named(module, node):
            if isinstance(found, Function | ast.ClassDef):
                if depth and isinstance(found, Function):
                    yield from self.statements(holder, found, depth - 1)
            else:
                yield from statements_in(found, holder.file)

    def reached(
        self, module: Module, node: Function, depth: int = DEPTH
    ) -> Iterator[tuple[Module, Function]]:
        """The function itself and the project's functions it calls, some steps far."""
        yield module, node
        for found, holder in self._named(module, node) if depth else ():
            if isinstance(found, Function):
                yield from self.reached(holder, found, depth - 1)

    def _named(self, module: Module, node: Function) -> tuple[tuple[ast.AST, Module], ...]:
        """What a function names; asked once a function, however many lead to it."""
        known = self._asked.get(id(node))
        if known is None:
            known = self._asked[id(node)] = tuple(self._names_in(module, node))
        return known

    @cached_property
    def _asked(self) -> dict[int, tuple[tuple[ast.AST, Module], ...]]:
        return {}

    def _names_in(self, module: Module, node: Function) -> Iterator[tuple[ast.AST, Module]]:
        """Constants, functions and methods of the project that a function names, each once."""
        seen: set[int] = {id(node)}
        classes = dict(self._classes(module, node))
        for part in (p for statement in node.body for p in ast.walk(statement)):
            found = None
            if (
                isinstance(part, ast.Attribute)
                and isinstance(part.value, ast.Name)
                and part.value.id in classes
            ):
                found = self._method(classes[part.value.id], part.attr)
            elif isinstance(part, ast.Name | ast.Attribute) and isinstance(part.ctx, ast.Load):
                found = self._defined(module, _dotted(part))
            if found and id(found[0]) not in seen:
                seen.add(id(found[0]))
                yield found

    def _classes(self, module: Module, node: Function) -> Iterator[tuple[str, tuple[ast.ClassDef, Module]]]:
        """Parameters annotated with a class of the project: resources, mostly."""
        for parameter in [*node.args.args, *node.args.kwonlyargs]:
            found = self._defined(module, _dotted(parameter.annotation))
            if found and isinstance(found[0], ast.ClassDef):
                yield parameter.arg, (found[0], found[1])

    def _method(self, held: tuple[ast.ClassDef, Module], name: str) -> tuple[ast.AST, Module] | None:
        body: Sequence[ast.stmt] = held[0].body
        method = next((n for n in body if isinstance(n, Function) and n.name == name), None)
        return (method, held[1]) if method else None

    def _defined(self, module: Module, path: str) -> tuple[ast.AST, Module] | None:
        """What a dotted name leads to at the top of one of the project's modules."""
        meaning = self._project.names.resolve(module.name, path) if path else None
        if not isinstance(meaning, Internal) or meaning.module not in self._by_name:
            return None
        holder = self._by_name[meaning.module]
        found = self._tops(holder).get(meaning.name)
        if isinstance(found, ast.ClassDef) and meaning.rest:
            return self._method((found, holder), meaning.rest[0])
        return (found, holder) if found is not None else None

    def _tops(self, module: Module) -> dict[str, ast.AST]:
        held = self._held.get(module.file)
        if held is None:
            held = self._held[module.file] = dict(_top_names(module.tree.body))
        return held

    @cached_property
    def _held(self) -> dict[str, dict[str, ast.AST]]:
        return {}


def _top_names(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    for statement in body:
        if isinstance(statement, Function | ast.ClassDef):
            yield statement.name, statement
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement.value
        elif (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and statement.value
        ):
            yield statement.target.id, statement.value


def statements_in(node: ast.AST, file: str) -> Iterator[Statement]:
    """Strings of a syntax tree that are SQL; docstrings are none."""
    documentation = {id(text) for text in _docstrings(node)}
    inside = {
        id(p) for j in ast.walk(node) if isinstance(j, ast.JoinedStr) for p in ast.walk(j) if p is not j
    }
    for part in ast.walk(node):
        if isinstance(part, ast.Constant | ast.JoinedStr) and id(part) not in documentation | inside:
            text = text_of(part)
            if text and looks_like_sql(text):
                yield Statement(text, file, part.lineno)


def text_of(part: ast.Constant | ast.JoinedStr) -> str:
    """A string's text; `__` stands for what an f-string fills in."""
    if isinstance(part, ast.Constant):
        return part.value if isinstance(part.value, str) else ""
    return "".join(str(v.value) if isinstance(v, ast.Constant) else "__" for v in part.values)


def _docstrings(node: ast.AST) -> Iterator[ast.AST]:
    for part in ast.walk(node):
        body = getattr(part, "body", None)
        if isinstance(part, Function | ast.ClassDef | ast.Module) and body and isinstance(body[0], ast.Expr):
            yield body[0].value


def _dotted(node: ast.AST | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = _dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.replace(".", "").isidentifier()
    ):
        return node.value
    return ""
