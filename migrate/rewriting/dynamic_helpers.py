"""Generators of the project that make dynamic outputs for ops: from now on they yield the bare values.

A generator is followed when all it yields is `DynamicOutput` with a value and a key, and all that call it are
ops with one dynamic output that hand on each item: `yield from made()`, or `for item in made(): yield item`,
where `item.value` may be asked for. Any other generator is left as it is, and refused where it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.project import PythonFile
from migrate.reading.units import Unit
from migrate.reading.walking import look
from migrate.rewriting.dynamic_lists import DYNAMIC
from migrate.rewriting.scoped import Scopes

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.rewriting.work import Work

PLAIN = ("staticmethod", "classmethod")
TOLD = ("value", "mapping_key")
_FOUND: WeakKeyDictionary[Model, Handed] = WeakKeyDictionary()


@dataclass(frozen=True)
class Handed:
    """`id` of the nodes that speak of dynamic outputs of helpers.

    `made` are the calls that make them and the annotations that name them, `items` what ops yield of them,
    `asked` the attributes that ask an item for its value.
    """

    made: frozenset[int]
    items: frozenset[int]
    asked: frozenset[int]


def handed_on(work: Work) -> Handed:
    """What the project's helpers make for its ops, found once."""
    if work.model not in _FOUND:
        _FOUND[work.model] = _found(work.model)
    return _FOUND[work.model]


def item_value(work: Work, original: cst.Attribute, updated: cst.Attribute) -> cst.BaseExpression | None:
    """`item.value` of a helper's item, which is the value itself; None for any other attribute."""
    asked = original.attr.value == "value" and id(original) in handed_on(work).asked
    return updated.value if asked else None


class _Own(cst.CSTVisitor):
    """What a function yields, returns and loops over, and how often it speaks of each name."""

    def __init__(self) -> None:
        super().__init__()
        self.yields: list[cst.Yield] = []
        self.loops: list[cst.For] = []
        self.asked: list[cst.Attribute] = []
        self.spoken: dict[str, int] = {}
        self.inner = False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """LibCST calls this on the way in."""
        self.inner = True
        return True

    def visit_Yield(self, node: cst.Yield) -> None:
        """LibCST calls this on the way in."""
        self.yields.append(node)

    def visit_For(self, node: cst.For) -> None:
        """LibCST calls this on the way in."""
        self.loops.append(node)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.asked.append(node)

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.spoken[node.value] = self.spoken.get(node.value, 0) + 1


class _Functions(cst.CSTVisitor):
    """The functions and methods of a module, how often each name is spoken of, and names that are renamed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.FunctionDef] = []
        self.spoken: dict[str, int] = {}
        self.renamed: set[str] = set()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """LibCST calls this on the way in."""
        self.found.append(node)

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.spoken[node.value] = self.spoken.get(node.value, 0) + 1

    def visit_ImportAlias(self, node: cst.ImportAlias) -> bool:
        """LibCST calls this on the way in."""
        if node.asname:
            self.renamed.add(dotted(node.name).rpartition(".")[2])
        return False


def _found(model: Model) -> Handed:
    files = [(file, _functions(file)) for file in model.project.python.values()]
    helpers: dict[str, list[cst.CSTNode]] = {}
    for file, functions in files:
        for function in functions.found if _mentions(model, file) else ():
            made = _made(model, file, function)
            if made:
                helpers[function.name.value] = made
    steps = list(_steps(model, files)) if helpers else []
    spoken: dict[str, int] = {}
    for _, functions in files:
        helpers = {name: made for name, made in helpers.items() if name not in functions.renamed}
        for name in helpers:
            spoken[name] = spoken.get(name, 0) + functions.spoken.get(name, 0)
    while helpers:
        uses = [_uses(own, set(helpers)) for own in steps]
        handed = [name for one in uses for name in one.names]
        kept = {name for name in helpers if handed.count(name) + 1 == spoken[name]}
        if kept == set(helpers):
            items = frozenset(i for one in uses for i in one.items)
            asked = frozenset(i for one in uses for i in one.asked)
            return Handed(frozenset(id(n) for made in helpers.values() for n in made), items, asked)
        helpers = {name: helpers[name] for name in kept}
    return Handed(frozenset(), frozenset(), frozenset())


def _functions(file: PythonFile) -> _Functions:
    functions = _Functions()
    look(file.tree, functions)
    return functions


def _mentions(model: Model, file: PythonFile) -> bool:
    imports = model.project.names.modules[file.module].imports
    return any(path == "dagster" or path.startswith("dagster.") for path in imports.values())


def _made(model: Model, file: PythonFile, function: cst.FunctionDef) -> list[cst.CSTNode]:
    """The calls that make the dynamic outputs of a generator that yields nothing else."""
    own = _Own()
    look(function.body, own)
    marks = [dotted(d.decorator) for d in function.decorators]
    if not own.yields or own.inner or function.asynchronous or any(m not in PLAIN for m in marks):
        return []
    scopes = Scopes(model.project.names, file.module, file.package)
    scopes.enter(function)
    made: list[cst.CSTNode] = []
    for one in own.yields:
        call = one.value
        if not isinstance(call, cst.Call) or scopes.dagster(call.func) != DYNAMIC or not _is_plain(call):
            return []
        made.append(call)
    return [*made, *_annotated(scopes, function)]


def _is_plain(call: cst.Call) -> bool:
    given = [a.keyword.value if a.keyword else TOLD[min(i, 1)] for i, a in enumerate(call.args)]
    return sorted(given) == sorted(TOLD) and not any(a.star for a in call.args)


def _annotated(scopes: Scopes, function: cst.FunctionDef) -> list[cst.CSTNode]:
    """The places of a return annotation that name the dynamic output."""
    if function.returns is None:
        return []
    found: list[cst.CSTNode] = []
    below: list[cst.CSTNode] = [function.returns.annotation]
    while below:
        node = below.pop()
        named = node.value if isinstance(node, cst.Subscript) else node
        if isinstance(named, cst.Name | cst.Attribute) and scopes.dagster(named) == DYNAMIC:
            found.append(node)
        below += node.children
    return found


def _steps(model: Model, files: list[tuple[PythonFile, _Functions]]) -> Iterator[_Own]:
    """The ops of the project that have one dynamic output and nothing else."""
    ops = {id(c.node): c for c in model.project.constructs.values() if c.path == "dagster.op"}
    for _, functions in files:
        for function in functions.found:
            construct = ops.get(id(function))
            unit = model.unit_of(construct) if construct else None
            if unit and _is_one_dynamic(unit):
                own = _Own()
                look(function, own)
                yield own


def _is_one_dynamic(unit: Unit) -> bool:
    """Whether a step has the one output that a dynamic output means which names none."""
    return [(out.name, out.dynamic, out.store) for out in unit.outs] == [("result", True, "")]


@dataclass
class _Used:
    """What an op uses of helpers: their names, the items it yields, and the values it asks for."""

    names: list[str]
    items: list[int]
    asked: list[int]


def _called(node: cst.BaseExpression, helpers: set[str]) -> str:
    func = node.func if isinstance(node, cst.Call) else None
    name = dotted(func).rpartition(".")[2] if func is not None else ""
    return name if name in helpers else ""


def _uses(own: _Own, helpers: set[str]) -> _Used:
    """What of one op hands on all that helpers make."""
    used = _Used([], [], [])
    for one in own.yields:
        if isinstance(one.value, cst.From) and _called(one.value.item, helpers):
            used.names.append(_called(one.value.item, helpers))
            used.items.append(id(one.value.item))
    for item in {dotted(loop.target) for loop in own.loops} - {""}:
        loops = [loop for loop in own.loops if dotted(loop.target) == item]
        names = [_called(loop.iter, helpers) for loop in loops]
        handed = [y.value for y in own.yields if isinstance(y.value, cst.Name) and y.value.value == item]
        asked = [a for a in own.asked if dotted(a.value) == item and a.attr.value == "value"]
        if all(names) and own.spoken[item] == len(loops) + len(handed) + len(asked):
            used.names += names
            used.items += [id(node) for node in handed]
            used.asked += [id(node) for node in asked]
    return used
