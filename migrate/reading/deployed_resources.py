"""The resources that the deployed definitions are given, by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, dotted
from migrate.reading.scope import Scope
from migrate.reading.values import Called

if TYPE_CHECKING:
    from migrate.reading.project import Project


@dataclass(frozen=True)
class Resource:
    """A deployed resource: key, worth, and the function that makes it; `node` stands in module `written`."""

    key: str
    value: Any
    module: str
    function: str
    node: cst.BaseExpression | None = None
    written: str = ""

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


def resources_of(project: Project, construct: Construct, argument: str) -> Mapping[str, Resource]:
    """What one call names as resources in an argument."""
    found: dict[str, Resource] = {}
    value = project.value(construct, argument)
    nodes = _entries(project, construct.argument(argument), construct.module)
    for key, worth in (value if isinstance(value, dict) else {}).items():
        given, module = nodes.get(key, (None, construct.module))
        meaning = project.names.resolve(module, dotted(given)) if dotted(given) else None
        if isinstance(meaning, Internal) and not meaning.rest:
            found[key] = Resource(key, worth, meaning.module, meaning.name)
        else:
            free = _free(project, construct, key)
            found[key] = Resource(key, worth, construct.module, free, given, module)
    return found


def _free(project: Project, construct: Construct, key: str) -> str:
    """The name of its function: the key, unless the module has something else by that name."""
    names = project.names.modules[construct.module]
    return f"{key}_resource" if key in names.imports or key in names.nodes else key


def _entries(
    project: Project, node: cst.BaseExpression | None, module: str
) -> dict[str, tuple[cst.BaseExpression, str]]:
    if isinstance(node, cst.Name):
        meaning = project.names.resolve(module, node.value)
        if isinstance(meaning, Internal):
            bound = project.names.modules[meaning.module].nodes[meaning.name][-1]
            inner = bound.value if isinstance(bound, cst.Assign | cst.AnnAssign) else None
            return _entries(project, inner, meaning.module)
    if not isinstance(node, cst.Dict):
        return {}
    found = {}
    for element in node.elements:
        if isinstance(element, cst.StarredDictElement):
            found.update(_entries(project, element.value, module))
        elif isinstance(element, cst.DictElement):
            key = project.evaluator.value(element.key, Scope(module, {}))
            found.update({key: (element.value, module)} if isinstance(key, str) else {})
    return found
