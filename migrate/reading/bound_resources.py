"""The resources that `with_resources` binds to the assets it is handed.

Upstream: https://docs.dagster.io/api/dagster/resources
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.deployed_resources import Resource, deployed_resources, resources_of
from migrate.reading.resources_apart import STORE, worth_of
from migrate.reading.values import Unknown
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.reading.holdings import Holdings
    from migrate.reading.project import Project

HOLDERS = ("Definitions", "definitions", "repository")
DIFFERS = "other assets are given another"
CONFIGURED = "its config is given apart"
NOWHERE = "it is made by a function in a module without Definitions"
LOCAL = "it is made of what a function holds"


def with_bound(project: Project, holdings: Holdings) -> Mapping[str, Resource]:
    """The resources that Definitions are given, and those bound to single assets.

    Args:
        project: the project.
        holdings: what its definitions hold.

    Returns:
        All of them by key; one that assets are given in several ways is unknown.
    """
    found = dict(deployed_resources(project, holdings.containers))
    for call in holdings.bound:
        for key, one in resources_of(project, call, "resource_defs", 1).items():
            reason = _unmade(project, call, one)
            alike = key not in found or worth_of(project, found[key]) == worth_of(project, one)
            if not alike or (key == STORE and not holdings.all_bound):
                reason = DIFFERS
            if reason:
                found[key] = Resource(key, Unknown(reason), "", "")
            else:
                found.setdefault(key, one)
    return found


def _unmade(project: Project, call: Construct, resource: Resource) -> str:
    """Why no function of the target can make it; empty when one can."""
    if call.argument("resource_config_by_key", 2) is not None:
        return CONFIGURED
    held = {c.module for c in project.constructs.values() if c.kind in HOLDERS}
    for way in resource.ways:
        if way.node is None:
            continue
        if call.within and call.module not in held:
            return NOWHERE
        if any(not _told(project, way.written, name) for name in _Names.of(way.node)):
            return LOCAL
    return ""


def _told(project: Project, module: str, name: str) -> bool:
    names = project.names.modules[module]
    return name in names.nodes or name in names.imports or hasattr(builtins, name)


class _Names(cst.CSTVisitor):
    """The names that an expression reads: none behind a dot, none of an argument."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, node: cst.BaseExpression) -> list[str]:
        visitor = cls()
        look(node, visitor)
        return visitor.found

    def visit_Name(self, node: cst.Name) -> None:
        self.found.append(node.value)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        look(node.value, self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        look(node.value, self)
        return False
