"""The resources that the deployed definitions are given, by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, dotted
from migrate.reading.resource_ways import Reader, Way
from migrate.reading.scope import Scope
from migrate.reading.values import Called, Unknown

if TYPE_CHECKING:
    from migrate.reading.project import Project


@dataclass(frozen=True)
class Case:
    """One way in which a resource is made: when `test`, of module `asked`, holds; without one, otherwise."""

    test: cst.BaseExpression | None
    asked: str
    made: Resource


@dataclass(frozen=True)
class Resource:
    """A deployed resource: key, worth, and the function that makes it; `node` stands in module `written`.

    One that is made in several ways, and only the run tells in which, has `cases` instead of a node.
    """

    key: str
    value: Any
    module: str
    function: str
    node: cst.BaseExpression | None = None
    written: str = ""
    cases: tuple[Case, ...] = ()

    @property
    def ways(self) -> tuple[Resource, ...]:
        """The resource itself, or what it is in each of its cases."""
        return tuple(case.made for case in self.cases) or (self,)

    @property
    def type_path(self) -> str:
        """`module:Class` of the project, or Dagster's path."""
        return self.value.name if isinstance(self.value, Called) else ""


def deployed_resources(project: Project, definitions: Iterable[Construct]) -> Mapping[str, Resource]:
    """What the calls of `Definitions` name as resources: key → worth, and where it is made."""
    found: dict[str, Resource] = {}
    for construct in definitions:
        found.update(resources_of(project, construct, "resources"))
    return found


def resources_of(
    project: Project, construct: Construct, argument: str, position: int | None = None
) -> Mapping[str, Resource]:
    """What one call names as resources in an argument."""
    value = project.value(construct, argument, position)
    node = construct.argument(argument, position)
    ways = Reader(project).ways(node, construct.module) or {}
    if isinstance(value, dict) and not any(way.test for own in ways.values() for way in own):
        nodes = {key: (own[0].node, own[0].module) for key, own in ways.items()}
        return {
            key: _resource(
                project, construct, key, worth, *nodes.get(key, (_of_call(node, key), construct.module))
            )
            for key, worth in value.items()
        }
    return {key: _of_ways(project, construct, key, own) for key, own in ways.items()}


def _of_call(node: cst.BaseExpression | None, key: str) -> cst.BaseExpression | None:
    """A resource by its key in what a call answers: `make_resources()["database"]`."""
    if not isinstance(node, cst.Call):
        return None
    return cst.parse_expression(f'{cst.Module([]).code_for_node(node)}["{key}"]')


def _resource(
    project: Project,
    construct: Construct,
    key: str,
    worth: Any,
    node: cst.BaseExpression | None,
    module: str,
) -> Resource:
    """A resource that is made in one way: by the variable that is named, else where it is written."""
    meaning = project.names.resolve(module, dotted(node)) if dotted(node) else None
    if isinstance(meaning, Internal) and not meaning.rest:
        told = _of_branches(project, meaning) if isinstance(worth, Unknown) else worth
        return Resource(key, told, meaning.module, meaning.name)
    return Resource(key, worth, construct.module, _free(project, construct, key), node, module)


def _of_branches(project: Project, name: Internal) -> Any:
    """What a variable is that each branch binds to an object of one class."""
    nodes = project.names.modules[name.module].nodes[name.name]
    scope = Scope(name.module, {})
    values = [project.evaluator.value(n.value, scope) for n in nodes if isinstance(n, cst.Assign)]
    kinds = {value.name if isinstance(value, Called) else "" for value in values}
    return values[0] if len(values) == len(nodes) and len(kinds) == 1 else Unknown("it is of several kinds")


def _of_ways(project: Project, construct: Construct, key: str, ways: Sequence[Way]) -> Resource:
    """A resource of several ways; of one, if each says the same."""
    cases = []
    for way in ways:
        worth = project.evaluator.value(way.node, Scope(way.module, {}))
        made = _resource(project, construct, key, worth, way.node, way.module)
        cases.append(Case(way.test, way.asked, made))
    first = cases[0].made
    if first.node is None and all(case.made == first for case in cases):
        return first
    kinds = {case.made.value.name if isinstance(case.made.value, Called) else "" for case in cases}
    value = first.value if len(kinds) == 1 else Unknown("it is of several kinds")
    return Resource(key, value, construct.module, _free(project, construct, key), cases=tuple(cases))


def _free(project: Project, construct: Construct, key: str) -> str:
    """The name of its function: the key, unless the module has something else by that name."""
    names = project.names.modules[construct.module]
    return f"{key}_resource" if key in names.imports or key in names.nodes else key
