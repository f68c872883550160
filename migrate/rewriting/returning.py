"""What the project's own functions and methods hand back, as Dagster names it."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from migrate.reading.names import External, Internal, dotted
from migrate.reading.walking import look
from migrate.rewriting.scoped import Scopes
from migrate.rewriting.work import Frame, Work

DEPTH = 6
"""How many functions that hand on what others return are followed."""


@dataclass(frozen=True)
class Callee:
    """A function of the project, and the module that means something by its names."""

    module: str
    function: cst.FunctionDef


def returned(work: Work, frame: Frame, call: cst.Call) -> str:
    """Dagster's name of the one thing that a called function returns; empty when that cannot be told."""
    found = _callee(work, frame, call)
    return _handed(work, found, False, DEPTH) if found else ""


def yielded(work: Work, frame: Frame, call: cst.Call) -> str:
    """Dagster's name of the one thing that a called generator yields; empty when that cannot be told."""
    found = _callee(work, frame, call)
    return _handed(work, found, True, DEPTH) if found else ""


def told_at_once(work: Work, call: cst.Call) -> bool:
    """Whether all that the project's calls of a function's name make is yielded or logged where it is made.

    An event is told when it is made from now on: one that is made and then left alone was told to nobody.
    """
    last = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    return isinstance(last, cst.Name) and _all_told(work, last.value, DEPTH)


def _all_told(work: Work, name: str, depth: int) -> bool:
    """A function that hands on what others then change is no hindrance: those are refused by themselves."""
    uses = _Told(name)
    for file in work.model.project.python.values():
        look(file.tree, uses)
    handing_on = all(depth and _all_told(work, other, depth - 1) for other in uses.returned_by)
    changed = uses.changed and depth == DEPTH
    return uses.calls == uses.told > 0 and handing_on and not changed


class _Told(cst.CSTVisitor):
    """How often a function is called, how often what it makes is told or changed there, who hands it on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.calls, self.told, self.changed = name, 0, 0, False
        self.returned_by: set[str] = set()
        self._within: list[str] = []
        self._kept: set[str] = set()

    def _is_it(self, node: cst.CSTNode | None) -> bool:
        func = node.func if isinstance(node, cst.Call) else None
        last = func.attr if isinstance(func, cst.Attribute) else func
        return isinstance(last, cst.Name) and last.value == self._name

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """LibCST calls this on the way in."""
        self._within.append(node.name.value)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        """LibCST calls this on the way out."""
        self._within.pop()

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        self.calls += self._is_it(node)
        if isinstance(node.func, cst.Attribute) and node.func.attr.value == "log_event":
            self.told += any(self._is_it(arg.value) for arg in node.args)

    def visit_Assign(self, node: cst.Assign) -> None:
        """LibCST calls this on the way in."""
        if self._is_it(node.value):
            self._kept.add(dotted(node.targets[0].target))

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.changed = self.changed or dotted(node.value) in self._kept

    def visit_Yield(self, node: cst.Yield) -> None:
        """LibCST calls this on the way in."""
        kept = isinstance(node.value, cst.Name) and node.value.value in self._kept
        self.told += kept or self._is_it(node.value)

    def visit_Return(self, node: cst.Return) -> None:
        """LibCST calls this on the way in."""
        if self._is_it(node.value) and self._within:
            self.told += 1
            self.returned_by.add(self._within[-1])


def _callee(work: Work, frame: Frame, call: cst.Call) -> Callee | None:
    for statement in frame.function.body.body:
        own = isinstance(statement, cst.FunctionDef) and statement.name.value == dotted(call.func)
        if own and isinstance(statement, cst.FunctionDef):
            return Callee(work.file.module, statement)
    found = _function(work, work.scopes, call.func)
    if found or not isinstance(call.func, cst.Attribute):
        return found
    owner = _class_of(work, frame, call.func.value)
    return _method(owner[0], owner[1], call.func.attr.value) if owner else None


def _function(work: Work, scopes: Scopes, node: cst.BaseExpression) -> Callee | None:
    """The function, or the method of a class, that a dotted name leads to."""
    meaning = scopes.meaning(node) if dotted(node) else None
    if not isinstance(meaning, Internal) or len(meaning.rest) > 1:
        return None
    made = _only(work, meaning)
    if meaning.rest:
        return _method(meaning.module, made, meaning.rest[0]) if isinstance(made, cst.ClassDef) else None
    return Callee(meaning.module, made) if isinstance(made, cst.FunctionDef) and not made.decorators else None


def _only(work: Work, meaning: Internal) -> cst.CSTNode | None:
    nodes = work.model.project.names.modules[meaning.module].nodes.get(meaning.name, [])
    return nodes[0] if len(nodes) == 1 else None


def _method(module: str, owner: cst.ClassDef, name: str) -> Callee | None:
    for part in owner.body.body:
        if isinstance(part, cst.FunctionDef) and part.name.value == name:
            return Callee(module, part)
    return None


def _class_of(work: Work, frame: Frame, node: cst.BaseExpression) -> tuple[str, cst.ClassDef] | None:
    """The project's class that an expression is an instance of: made here, or annotated."""
    if isinstance(node, cst.Name):
        made = _Bound(node.value)
        look(frame.function, made)
        classes = [_class(work, v.func) if isinstance(v, cst.Call) else None for v in made.values]
        classes += [_class(work, annotation) for annotation in made.annotations]
        same = classes and all(c and classes[0] and c[1] is classes[0][1] for c in classes)
        return classes[0] if same else None
    return _class(work, node.func) if isinstance(node, cst.Call) else None


def _class(work: Work, node: cst.BaseExpression) -> tuple[str, cst.ClassDef] | None:
    meaning = work.internal(node)
    made = _only(work, meaning) if meaning else None
    return (meaning.module, made) if meaning and isinstance(made, cst.ClassDef) else None


class _Bound(cst.CSTVisitor):
    """What a name is given in a function, and how its parameter is annotated."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.values: list[cst.BaseExpression] = []
        self.annotations: list[cst.BaseExpression] = []

    def visit_Assign(self, node: cst.Assign) -> None:
        """LibCST calls this on the way in."""
        if any(dotted(target.target) == self._name for target in node.targets):
            self.values.append(node.value)

    def visit_Param(self, node: cst.Param) -> None:
        """LibCST calls this on the way in."""
        if node.name.value == self._name and node.annotation:
            self.annotations.append(node.annotation.annotation)


class _HandedOver(cst.CSTVisitor):
    """What a function returns and yields, without the functions inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.returned: list[cst.BaseExpression] = []
        self.yielded: list[cst.BaseExpression | None] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_Return(self, node: cst.Return) -> None:
        """LibCST calls this on the way in."""
        if node.value is not None:
            self.returned.append(node.value)

    def visit_Yield(self, node: cst.Yield) -> None:
        """LibCST calls this on the way in."""
        self.yielded.append(None if isinstance(node.value, cst.From) else node.value)


def _handed(work: Work, callee: Callee, generator: bool, depth: int) -> str:
    handed = _HandedOver()
    look(callee.function.body, handed)
    if bool(handed.yielded) != generator or callee.function.asynchronous:
        return ""
    names = work.model.project.names
    scopes = Scopes(names, callee.module, names.modules[callee.module].package)
    scopes.enter(callee.function)
    values = handed.yielded if generator else handed.returned
    paths = {_path(work, scopes, callee, value, depth) for value in values}
    return paths.pop() if len(paths) == 1 else ""


def _path(work: Work, scopes: Scopes, callee: Callee, value: cst.BaseExpression | None, depth: int) -> str:
    if isinstance(value, cst.Name):
        bound = _Bound(value.value)
        look(callee.function, bound)
        value = bound.values[0] if len(bound.values) == 1 else value
    if not isinstance(value, cst.Call):
        return ""
    meaning = scopes.meaning(value.func)
    if isinstance(meaning, External):
        return meaning.path if meaning.is_dagster else ""
    found = _function(work, scopes, value.func) if depth else None
    return _handed(work, found, False, depth - 1) if found else ""
