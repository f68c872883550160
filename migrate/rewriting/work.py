"""The desk of one file's conversion: what rules ask of it, and what they leave on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count
from keyword import iskeyword
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted, Converted, Manual, Outcome
from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, bound_by, dotted
from migrate.reading.parsing import parse_expression, parse_module
from migrate.reading.project import PythonFile
from migrate.reading.units import Unit
from migrate.reading.walking import look
from migrate.rewriting.scoped import InnerNames, Scopes
from migrate.rules import rule_for

if TYPE_CHECKING:
    from migrate.model import Model


@dataclass
class Frame:
    """The function being rewritten: its construct and unit, or a helper that is handed a context."""

    function: cst.FunctionDef
    construct: Construct | None = None
    unit: Unit | None = None
    context: str = ""
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    yields: bool = False
    stored_all: bool = False
    settled: set[int] = field(default_factory=set)
    held: Mapping[str, Sequence[cst.Call]] | None = None
    instances: frozenset[str] | None = None
    answered: bool = False


class Work:
    """One file on its way to Prefect."""

    def __init__(self, model: Model, file: PythonFile) -> None:
        self.model, self.file = model, file
        self.scopes = Scopes(model.project.names, file.module, file.package)
        self.needed: set[tuple[str, str]] = set()
        self._imported: dict[tuple[str, str], str] = {}
        self._spelled: set[str] = set()  # the values of these
        self.outcomes: dict[str, Outcome] = {}
        self.frames: list[Frame] = []
        self.notes: list[tuple[int, str]] = []
        self.failures: list[tuple[int, str]] = []
        self.remembered: dict[str, object] = {}

    @property
    def frame(self) -> Frame | None:
        """The construct's function around this place, if there is one."""
        return self.frames[-1] if self.frames else None

    @contextmanager
    def names_of(self, module: str) -> Iterator[None]:
        """While an expression of another module is rewritten: names mean what they mean there."""
        before = self.scopes
        package = self.model.project.names.modules[module].package
        self.scopes = (
            before if module == self.file.module else Scopes(self.model.project.names, module, package)
        )
        try:
            yield
        finally:
            self.scopes = before

    def need(self, module: str, name: str = "") -> str:
        """Import a name (or, without one, a module), and return how it is spelled here."""
        return self._import(module, name, "prefect")

    def own(self, module: str, name: str) -> str:
        """Import a name of the project, unless it is this file's own; return how it is spelled here."""
        if module == self.file.module:
            return name
        if not _is_importable(module):
            return f"{self.own_module(module)}.{name}"
        return self._import(module, name, module.rpartition(".")[2])

    def own_module(self, module: str) -> str:
        """Import one of the project's modules, and return the name it is bound to.

        A file whose name is no identifier, which Dagster loads all the same, is imported by its name's text.
        """
        if not _is_importable(module):
            return f'{self.need("importlib", "import_module")}("{module}")'
        parent, _, last = module.rpartition(".")
        if not parent:
            return self._import(module, "", "")
        return self._import(parent, last, parent.rpartition(".")[2])

    def _import(self, module: str, name: str, prefix: str) -> str:
        known = self._imported.get((module, name))
        if known:
            return known
        names = self.model.project.names.modules[self.file.module]
        there = name and names.imports.get(name) == f"{module}.{name}"
        if name and not there and self._is_reexported(module, name):
            self._imported[(module, name)] = name
            self._spelled.add(name)
            return name
        spelled = name or module
        if name and self._is_taken(name) and not there:
            other = f"{prefix}_{name}"
            more = (f"{other}_{n}" for n in count(2))
            spelled = next(s for s in chain([other], more) if not self._is_taken(s))
        self._imported[(module, name)] = spelled
        self._spelled.add(spelled)
        self.needed.add((module, name if spelled in (name, module) else f"{name} as {spelled}"))
        return spelled

    def _is_taken(self, name: str) -> bool:
        """Whether a name means something already, in the file or by an import that was asked for."""
        return name in self._spelled or name in self.taken

    def _is_reexported(self, module: str, name: str) -> bool:
        """Whether the file imports the name already, from a module that passes it on."""
        names = self.model.project.names
        imports = names.modules[self.file.module].imports
        meant = names.resolve(self.file.module, name) if name in imports else None
        return meant == Internal(module, name) and "TYPE_CHECKING" not in imports

    @cached_property
    def taken(self) -> frozenset[str]:
        """Names that mean something else somewhere in this file, keys of resources among them."""
        visitor = _Bound()
        look(self.file.tree, visitor)
        names = self.model.project.names.modules[self.file.module]
        foreign = {n for n, path in names.imports.items() if not self.model.project.names.is_dagster(path)}
        jobs = {job.function for job in self.model.jobs.values() if job.module == self.file.module}
        return frozenset(visitor.names | foreign | jobs | {r.key for r in self.model.every_resource})

    def text(self, node: cst.CSTNode) -> str:
        """The source of a node."""
        return self.file.tree.code_for_node(node)

    def line(self, node: cst.CSTNode) -> int:
        """The line of an original node."""
        return self.file.line(node)

    def done(self, construct: Construct, outcome: Outcome) -> None:
        """Say what became of a construct; a manual outcome is never overwritten."""
        if not isinstance(self.outcomes.get(construct.place), Manual):
            self.outcomes[construct.place] = outcome

    def differ(self, construct: Construct, differences: list[str]) -> None:
        """Name differences that were met on the way, besides the one its rule named."""
        outcome = self.outcomes.get(construct.place)
        if differences and isinstance(outcome, Adapted | Converted):
            first = [outcome.difference] if isinstance(outcome, Adapted) else []
            self.outcomes[construct.place] = Adapted("; ".join(dict.fromkeys([*first, *differences])))

    def done_at(self, node: cst.CSTNode, outcome: Outcome) -> None:
        """Say what became of the construct that an original node is, if it is one."""
        place = self.model.project.place_of(node)
        if place:
            self.done(self.model.project.constructs[place], outcome)

    def unsupported(self, node: cst.CSTNode, what: str, remedy: str) -> None:
        """Something at this place has no counterpart: its function will raise, and say so."""
        line = self.line(node)
        if self.frame:
            self.frame.problems.append((line, what, remedy))
        else:
            self.notes.append((line, f"{what}: {remedy}"))

    def resource_type(self, key: str) -> str:
        """The spelled type of a deployed resource, imported."""
        resource = next((r for r in self.model.every_resource if r.key == key), None)
        path = resource.type_path if resource else ""
        if ":" in path:
            return self.own(*path.split(":"))
        found = rule_for(path) if path else None
        if found and found.rule.stands_for:
            return self.need(*found.rule.stands_for)
        return self.need("typing", "Any")

    @cached_property
    def inner_names(self) -> frozenset[int]:
        """`id` of each name that a comprehension or lambda around it binds."""
        visitor = InnerNames()
        self.file.tree.visit(visitor)
        return frozenset(visitor.found)

    def internal(self, node: cst.CSTNode) -> Internal | None:
        """The project's own name that an expression leads to."""
        meaning = self.scopes.meaning(node) if dotted(node) else None
        return meaning if isinstance(meaning, Internal) and not meaning.rest else None


class _Bound(cst.CSTVisitor):
    """Names that definitions, assignments and parameters bind, at whatever depth."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """LibCST calls this on the way in."""
        self.names.add(node.name.value)

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        """LibCST calls this on the way in."""
        self.names.add(node.name.value)

    def visit_Param(self, node: cst.Param) -> None:
        """LibCST calls this on the way in."""
        self.names.add(node.name.value)

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> None:
        """LibCST calls this on the way in."""
        self.names.update(name for name, _ in bound_by(node))


def _is_importable(module: str) -> bool:
    """Whether an import statement can name a module."""
    return all(part.isidentifier() and not iskeyword(part) for part in module.split("."))


def statements(code: str) -> list[cst.BaseStatement]:
    """Parse statements; they keep the empty lines and comments before them."""
    module = parse_module(code)
    body: list[cst.BaseStatement] = list(module.body)
    if body and module.header:
        first = module.body[0]
        body[0] = first.with_changes(leading_lines=[*module.header, *first.leading_lines])
    return body


def expression(code: str) -> cst.BaseExpression:
    """Parse an expression."""
    return parse_expression(code)


def led(body: list[cst.BaseStatement], leading: object) -> list[cst.BaseStatement]:
    """Give the first statement the empty lines and comments that stood before what it replaces."""
    if not body:
        return body
    return [body[0].with_changes(leading_lines=leading), *body[1:]]
