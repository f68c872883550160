"""The variables that hold lists or dictionaries for the definitions and that nothing else reads.

What dictionaries of resources hold becomes functions, made when a run starts; they would make it at the
import. A list of assets, jobs or schedules has no reader left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.growing import changed_by
from migrate.reading.names import Internal, bound_by, dotted
from migrate.reading.resource_ways import Reader, Variable
from migrate.reading.values import Decorated, flat
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile

LISTS = ("assets", "asset_checks", "jobs", "schedules", "sensors")


def held_variables(project: Project, definitions: Iterable[Construct]) -> frozenset[Variable]:
    """Those of a project with these definitions."""
    definitions = list(definitions)
    reader = Reader(project)
    lists: dict[Variable, None] = {}
    for construct in definitions:
        bound = construct.argument("resource_defs", 1) if construct.kind == "with_resources" else None
        reader.ways(construct.argument("resources") or bound, construct.module)
        for name in LISTS:
            _lists(project, construct.argument(name), construct.module, lists)
    passed = frozenset([*reader.passed, *lists])
    calls = {id(construct.node) for construct in definitions}
    files = [f for f in project.python.values() if passed and not f.shadowed]
    return passed - {found for file in files for found in _read(project, file, passed, calls)}


def _holds_made(project: Project, own: Variable) -> bool:
    """Whether a list holds what functions made: flows find it there, and nowhere else."""
    items = flat(project.evaluator.of_module(own.module, own.name))
    return any(isinstance(i, Decorated) and bool(project.constructs[i.place].within) for i in items)


def _lists(project: Project, node: cst.CSTNode | None, module: str, found: dict[Variable, None]) -> None:
    """The variables of lists that an expression goes through."""
    if isinstance(node, cst.List | cst.Tuple):
        for element in node.elements:
            _lists(project, element.value, module, found)
    elif isinstance(node, cst.BinaryOperation):
        for side in (node.left, node.right):
            _lists(project, side, module, found)
    elif isinstance(node, cst.Name | cst.Attribute):
        meaning = project.names.resolve(module, dotted(node)) if dotted(node) else None
        own = Variable(meaning.module, meaning.name) if isinstance(meaning, Internal) else None
        if not isinstance(meaning, Internal) or meaning.rest or own is None or own in found:
            return
        copied = all(file.module != own.module for file in project.python.values())
        if copied or _holds_made(project, own):
            return  # a file that is copied goes on reading what its lists are made of
        bound = project.names.modules[own.module].nodes[own.name]
        values = [getattr(b, "value", None) for b in bound]
        if all(isinstance(value, cst.List | cst.Tuple | cst.BinaryOperation) for value in values):
            found[own] = None
            for value in values:
                _lists(project, value, own.module, found)


def _read(
    project: Project, file: PythonFile, passed: frozenset[Variable], calls: set[int]
) -> Iterator[Variable]:
    """Those that a file reads outside of the definitions and of each other."""
    names = project.names.modules[file.module]
    own = {v.name for v in passed if v.module == file.module}
    if not own and not any(
        v.name in path for v in passed for path in [*names.imports.values(), *names.stars]
    ):
        modules = {v.module for v in passed}
        if not modules & {*names.imports.values(), *names.stars}:
            return
    for statement in file.tree.body:
        reads = _Reads(calls, own)
        look(statement, reads)
        for path in reads.paths:
            meaning = project.names.resolve(file.module, path)
            if isinstance(meaning, Internal) and Variable(meaning.module, meaning.name) in passed:
                yield Variable(meaning.module, meaning.name)


class _Reads(cst.CSTVisitor):
    """Names that are read; neither in the definitions nor where one of `own` is bound."""

    def __init__(self, calls: set[int], own: set[str]) -> None:
        super().__init__()
        self._calls, self._own = calls, own
        self.paths: set[str] = set()

    def visit_Call(self, node: cst.Call) -> bool:
        """LibCST calls this on the way in."""
        return id(node) not in self._calls

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        """LibCST calls this on the way in."""
        bound = {name for name, _ in bound_by(node)} | set(map(changed_by, node.body))
        return not bound & self._own

    def visit_Import(self, node: cst.Import) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.paths.add(dotted(node))

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.paths.add(node.value)
