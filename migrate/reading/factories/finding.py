"""Which functions of a project make what must stand at the top of a module: flows, and what starts them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.names import Internal, dotted
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile

MADE = frozenset(
    {
        *("define_asset_job", "job", "to_job", "ScheduleDefinition", "schedule"),
        *("build_schedule_from_partitioned_job", "sensor", "SensorDefinition", "asset_sensor"),
        *("multi_asset_sensor", "run_status_sensor", "run_failure_sensor", "Definitions", "merge"),
        *("AutomationConditionSensorDefinition", "build_sensor_for_freshness_checks"),
        *("build_last_update_freshness_checks", "build_time_partition_freshness_checks"),
    }
)
"""Kinds that a target says in a flow of its own or in prefect.yaml, neither of which a function can make."""
Key = tuple[str, str]
"""A module, and the name of a function in it: `Class.name` for a static method."""
Functions = dict[Key, cst.FunctionDef]


def factories(project: Project, places: Collection[str] = ()) -> Functions:
    """The functions that make such things, and those that call these while a module is loaded.

    `places` are those of other constructs that their functions cannot make in the target.
    """
    found: Functions = {}
    for construct in project.constructs.values():
        if construct.within and (construct.kind in MADE or construct.place in places):
            key, function = _outermost(project, construct.module, construct.within)
            if function is not None:
                found[key] = function
    if found:
        callers(project, found)
    return found


def key_of(project: Project, module: str, node: cst.BaseExpression) -> Key | None:
    """The function of the project that a (dotted) name at the top of a module means."""
    path = dotted(node)
    meaning = project.names.resolve(module, path) if path else None
    if not isinstance(meaning, Internal) or len(meaning.rest) > 1:
        return None
    return meaning.module, ".".join((meaning.name, *meaning.rest))


class Calls(cst.CSTVisitor):
    """The calls that are made when a statement is executed, those in functions it defines left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Call] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """Its decorators only."""
        for decorator in node.decorators:
            look(decorator, self)
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        """Called later, if at all."""
        return False

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        self.found.append(node)


def calls_in(node: cst.CSTNode) -> list[cst.Call]:
    """The calls that executing a node makes."""
    visitor = Calls()
    look(node, visitor)
    return visitor.found


def _outermost(project: Project, module: str, within: tuple[str, ...]) -> tuple[Key, cst.FunctionDef | None]:
    bound = project.names.modules[module].nodes.get(within[0], [])
    node = bound[0] if len(bound) == 1 else None
    if isinstance(node, cst.FunctionDef):
        return (module, within[0]), node if is_plain(project, node) else None
    if isinstance(node, cst.ClassDef) and len(within) > 1:
        for statement in node.body.body:
            if isinstance(statement, cst.FunctionDef) and statement.name.value == within[1]:
                static = "staticmethod" in _decorators(statement) and is_plain(project, statement)
                return (module, f"{within[0]}.{within[1]}"), statement if static else None
    return (module, ""), None


def is_plain(project: Project, function: cst.FunctionDef) -> bool:
    """Whether a function means its body: decorated by nothing that changes what a call gives."""
    plain = {"staticmethod", *CACHES}
    return not project.place_of(function) and set(_decorators(function)) <= plain


CACHES = ("cache", "lru_cache", "functools.cache", "functools.lru_cache")


def is_cached(function: cst.FunctionDef) -> bool:
    """Whether the same call gives the same object again."""
    return bool(set(_decorators(function)) & set(CACHES))


def _decorators(function: cst.FunctionDef) -> list[str]:
    nodes = [d.decorator for d in function.decorators]
    return [dotted(n.func if isinstance(n, cst.Call) else n) or "?" for n in nodes]


def callers(project: Project, found: Functions) -> None:
    """Adds the functions that call one of those, and so on."""
    waiting = [
        (key, function, {k for c in calls_in(function.body) if (k := key_of(project, key[0], c.func))})
        for file in project.python.values()
        if not file.shadowed
        for key, function in _functions(project, file)
    ]
    more = True
    while more:
        new = {key: function for key, function, called in waiting if key not in found and called & set(found)}
        found.update(new)
        more = bool(new)


def _functions(project: Project, file: PythonFile) -> Iterator[tuple[Key, cst.FunctionDef]]:
    for statement in file.tree.body:
        if isinstance(statement, cst.FunctionDef) and is_plain(project, statement):
            yield (file.module, statement.name.value), statement
        elif isinstance(statement, cst.ClassDef):
            for inner in statement.body.body:
                static = isinstance(inner, cst.FunctionDef) and "staticmethod" in _decorators(inner)
                if static and isinstance(inner, cst.FunctionDef) and is_plain(project, inner):
                    yield (file.module, f"{statement.name.value}.{inner.name.value}"), inner
