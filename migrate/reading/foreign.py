"""What definitions are given that another library makes: nothing of it stands in the project's files."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import External, Internal, NameIndex, bound_by, dotted

HELD = frozenset({"assets", "schedules", "sensors", "jobs", "asset_checks", "0", "1", "2", "3"})
"""The arguments of `Definitions` that hold what is deployed, by name and place."""
GATHERING = ("load_assets_from_modules", "load_assets_from_package_module", "with_resources")
STANDARD = sys.stdlib_module_names


def foreign_in(names: NameIndex, construct: Construct) -> list[str]:
    """The names of other libraries that a `Definitions`, or a merge of some, takes what it deploys from."""
    held = [a.node for a in construct.arguments if construct.kind == "merge" or a.name in HELD]
    found = (name for node in held for name in _Foreign(names).of(construct.module, node))
    return list(dict.fromkeys(found))


class _Foreign:
    """Follows lists, sums, loops and variables of modules to the names they are made of."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._seen: set[tuple[str, str]] = set()

    def of(self, module: str, node: cst.CSTNode) -> Iterator[str]:
        """The foreign names that a value of a module is made of."""
        if isinstance(node, cst.Call):
            yield from self._call(module, node)
        elif path := dotted(node):
            yield from self._name(module, path)
        else:
            for part in _parts(node):
                yield from self.of(module, part)

    def _call(self, module: str, node: cst.Call) -> Iterator[str]:
        path = dotted(node.func)
        meaning = self._names.resolve(module, path) if path else None
        if not path and isinstance(node.func, cst.Attribute):
            yield from self.of(module, node.func.value)
        elif isinstance(meaning, External) and not _gathers(meaning):
            yield from _own(meaning)
        elif meaning is None or isinstance(meaning, External):
            for argument in node.args:
                yield from self.of(module, argument.value)

    def _name(self, module: str, path: str) -> Iterator[str]:
        meaning = self._names.resolve(module, path)
        if isinstance(meaning, External):
            yield from _own(meaning)
        elif isinstance(meaning, Internal) and (meaning.module, meaning.name) not in self._seen:
            self._seen.add((meaning.module, meaning.name))
            for statement in self._names.modules[meaning.module].nodes.get(meaning.name, ()):
                value = getattr(statement, "value", None)
                simple = isinstance(statement, cst.Assign | cst.AnnAssign | cst.AugAssign)
                if simple and isinstance(value, cst.CSTNode) and _binds_one(statement):
                    yield from self.of(meaning.module, value)


def _binds_one(statement: cst.CSTNode) -> bool:
    return len(list(bound_by(cst.SimpleStatementLine([statement])))) == 1  # type: ignore[list-item]


def _gathers(meaning: External) -> bool:
    """Whether a call only puts together what it is given."""
    first, _, last = meaning.path.partition(".")
    return first in STANDARD or (meaning.is_dagster and last in GATHERING)


def _own(meaning: External) -> Iterator[str]:
    if not meaning.is_dagster and meaning.path.split(".")[0] not in STANDARD:
        yield meaning.path


def _parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The expressions that a list, a sum, a choice, a loop or a part of a value is made of."""
    if isinstance(node, cst.List | cst.Tuple | cst.Set):
        yield from (element.value for element in node.elements)
    elif isinstance(node, cst.BinaryOperation):
        yield from (node.left, node.right)
    elif isinstance(node, cst.Attribute | cst.Subscript):
        yield node.value
    elif isinstance(node, cst.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, cst.ListComp | cst.GeneratorExp | cst.SetComp):
        yield node.elt
