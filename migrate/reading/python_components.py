"""Component classes that Python makes or reads itself, besides the YAML files that name them.

Upstream: https://docs.dagster.io/guides/build/components/creating-new-components
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, NameIndex, dotted
from migrate.reading.own_tests import is_test
from migrate.reading.project import Project, PythonFile
from migrate.reading.walking import look

COMPONENT = "dagster.Component"


@dataclass(frozen=True)
class Spoken:
    """Where Python first speaks of a component class, and whether it calls the class or a method of it."""

    place: str
    called: bool


def component_classes(project: Project) -> Mapping[Internal, Construct]:
    """The component classes at the top of the project's modules, by what their name means."""
    return {
        Internal(c.module, c.name): c
        for c in project.constructs.values()
        if c.path == COMPONENT and c.shape == "class" and not c.within
    }


def python_components(project: Project, is_deployed: Callable[[Construct], bool]) -> Mapping[str, Spoken]:
    """Place of a component class → where deployed Python speaks of it; its own class body does not count."""
    classes = component_classes(project)
    found: dict[str, Spoken] = {}
    for file in project.python.values() if classes else ():
        if not _counts(project, file, is_deployed):
            continue
        own = [c.node for c in file.constructs if c.path == COMPONENT]
        for statement in file.tree.body:
            if statement in own:
                continue
            for node, meaning in _spoken(project.names, file.module, statement):
                if construct := classes.get(Internal(meaning.module, meaning.name)):
                    called = isinstance(node, cst.Call)
                    before = found.get(construct.place)
                    place = before.place if before else f"{file.path}:{file.line(statement)}"
                    found[construct.place] = Spoken(place, called or bool(before and before.called))
    return found


def _counts(project: Project, file: PythonFile, is_deployed: Callable[[Construct], bool]) -> bool:
    if file.shadowed or file.described_in or is_test(project.names, project.python, file):
        return False
    return not file.constructs or any(is_deployed(c) for c in file.constructs)


def dotted_components(
    names: NameIndex, classes: Collection[Internal], module: str, node: cst.CSTNode
) -> list[str]:
    """The component classes that are read below a node through a module: `shop.parts.Part`."""
    visitor = _Spoken()
    if classes:
        look(node, visitor)
    found = {path: names.resolve(module, path) for _, path in visitor.found if "." in path}
    return [
        ".".join(path.split(".")[: len(path.split(".")) - len(meaning.rest)])
        for path, meaning in found.items()
        if isinstance(meaning, Internal) and Internal(meaning.module, meaning.name) in classes
    ]


def _spoken(names: NameIndex, module: str, statement: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, Internal]]:
    """The calls and names below a statement that mean something at the top of a module of the project."""
    visitor = _Spoken()
    look(statement, visitor)
    for node, path in visitor.found:
        meaning = names.resolve(module, path)
        if isinstance(meaning, Internal):
            yield node, meaning


class _Spoken(cst.CSTVisitor):
    """Dotted names that are read, and those that are called; import statements left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, str]] = []

    def visit_Import(self, node: cst.Import) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        """LibCST calls this on the way in; the keyword is no name."""
        look(node.value, self)
        return False

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        if path := dotted(node.func):
            self.found.append((node, path))

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        if path := dotted(node):
            self.found.append((node, path))
        else:
            look(node.value, self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.found.append((node, node.value))
