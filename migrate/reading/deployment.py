"""What is reachable from the deployed definitions: constructs, and what their code names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, dotted
from migrate.reading.project import Project
from migrate.reading.scope import Scope
from migrate.reading.values import Called, Decorated, Defined, known
from migrate.reading.walking import look


def reachable(
    project: Project, definitions: Iterable[Construct], values: Mapping[str, list[Any]]
) -> frozenset[str]:
    """The places of the definitions, of all that they hold, and of all that is named in its code."""
    reach = _Reach(project)
    reach.found |= {c.place for c in definitions}
    for given in values.values():
        for value in given:
            reach.value(value)
    for construct in definitions:
        reach.value(project.value(construct, "resource_defs", 1))
        reach.untold(construct)
    return frozenset(reach.found)


class _Reach:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._seen: set[int] = set()
        self._by_name: dict[str, list[Construct]] = {}
        for construct in project.constructs.values():
            self._by_name.setdefault(f"{construct.module}:{construct.name}", []).append(construct)
        self.found: set[str] = set()

    def value(self, value: Any) -> None:
        if isinstance(value, dict):
            for part in value.values():
                self.value(part)
        elif isinstance(value, list | tuple | set):
            for part in value:
                self.value(part)
        elif isinstance(value, Called):
            if value.place:
                self.found.add(value.place)
            self._named(value.name)
            self.value([*value.args, *value.kwargs.values()])
        elif isinstance(value, Decorated) and value.place not in self.found:
            self.found.add(value.place)
            construct = self._project.constructs[value.place]
            self._code(construct)
            self.value(self._project.value(construct, "resource_defs"))
            self.value(dict(value.scope))
        elif isinstance(value, Defined):
            self._decorated(value)

    def _decorated(self, function: Defined) -> None:
        """A function below decorators of the project's own: what they make of it is deployed."""
        for node in self._project.names.modules[function.module].nodes.get(function.name, ()):
            if isinstance(node, cst.FunctionDef):
                for decorator in node.decorators:
                    self._spelled(decorator.decorator, function.module)

    def untold(self, construct: Construct) -> None:
        """What an argument of the definitions may hold that reading cannot tell: all that it names."""
        if not isinstance(construct.node, cst.Call):
            return
        for given in construct.node.args:
            told = self._project.evaluator.value(given.value, Scope(construct.module, {}))
            if not known(told):
                self._spelled(given.value, construct.module)

    def _spelled(self, node: cst.CSTNode, module: str) -> None:
        """Every construct an expression makes or names, through variables and the project's functions."""
        if id(node) in self._seen:
            return
        self._seen.add(id(node))
        names = _Names()
        look(node, names)
        places = (self._project.place_of(made) for made in names.made)
        self.found |= {place for place in places if place}
        for path in names.paths:
            meaning = self._project.names.resolve(module, path)
            if not isinstance(meaning, Internal):
                continue
            self.value(self._project.evaluator.of_module(meaning.module, meaning.name))
            self._named(f"{meaning.module}:{meaning.name}")
            grown = self._project.evaluator.grown_by(meaning.module, meaning.name)
            for bound in (*self._project.names.modules[meaning.module].nodes.get(meaning.name, ()), *grown):
                self._spelled(bound, meaning.module)

    def _named(self, name: str) -> None:
        """The class of a resource, and what its own code names."""
        for construct in self._by_name.get(name, ()):
            if construct.place not in self.found:
                self.found.add(construct.place)
                self._code(construct)

    def _code(self, construct: Construct) -> None:
        """Also what module-level names in the code lead to: configs, policies, ops of a job, helpers."""
        if id(construct.node) in self._seen:
            return
        self._seen.add(id(construct.node))
        names = _Names()
        look(construct.node, names)
        for path in names.paths:
            meaning = self._project.names.resolve(construct.module, path)
            if isinstance(meaning, Internal):
                self.value(self._project.evaluator.of_module(meaning.module, meaning.name))
                self._named(f"{meaning.module}:{meaning.name}")


class _Names(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.paths: set[str] = set()
        self.made: list[cst.Call | cst.FunctionDef] = []

    def visit_Call(self, node: cst.Call) -> None:
        self.made.append(node)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.made.append(node)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        if dotted(node):
            self.paths.add(dotted(node))
            return False
        return True

    def visit_Name(self, node: cst.Name) -> None:
        self.paths.add(node.value)
