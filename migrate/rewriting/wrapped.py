"""Decorators of the project between Dagster's and the function: what they do with arguments and value."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.names import Internal, dotted
from migrate.reading.walking import look
from migrate.rewriting.work import Frame, Work

REMEDY = "Do in the task's body what the decorator does, and convert again."


def objection(work: Work, frame: Frame, produced: Sequence[cst.BaseStatement]) -> Manual | None:
    """Why a function is refused that a rule has converted; None when it stands."""
    if frame.problems:
        line, what, remedy = frame.problems[0]
        return Manual(f"{what} (line {line}) has no counterpart", remedy)
    return _wrapped(work, frame, produced)


def _wrapped(work: Work, frame: Frame, produced: Sequence[cst.BaseStatement]) -> Manual | None:
    """Why a task cannot stay below a decorator of the project's: it is called, or answers, in another way."""
    own = frame.function
    task = next(
        (s for s in produced if isinstance(s, cst.FunctionDef) and s.name.value == own.name.value), None
    )
    if frame.unit is None or task is None or len(own.decorators) < 2:
        return None
    called_alike = _named(task.params) == _named(own.params)
    keeps = any(out.store and out.value for out in frame.unit.outs)
    for decorator in own.decorators:
        node = decorator.decorator
        made = isinstance(node, cst.Call)
        found = work.scopes.meaning(node.func if isinstance(node, cst.Call) else node)
        if not isinstance(found, Internal) or work.scopes.dagster(node):
            continue
        wrappers = _wrappers(work, found, 2 if made else 1)
        name = dotted(node.func if isinstance(node, cst.Call) else node)
        if not called_alike and not (wrappers and all(map(_hands_on, wrappers))):
            return Manual(f"`{name}`, which wraps it, asks for its arguments as Dagster gives them", REMEDY)
        if keeps and not (wrappers and all(map(_gives_back, wrappers))):
            return Manual(f"`{name}`, which wraps it, makes the value that is stored", REMEDY)
    return None


def _named(params: cst.Parameters) -> list[str]:
    return [p.name.value for p in (*params.posonly_params, *params.params, *params.kwonly_params)]


def _wrappers(work: Work, found: Internal, depth: int) -> list[cst.FunctionDef]:
    """The functions that a decorator puts in place of the one below it."""
    node = work.model.project.names.modules[found.module].nodes[found.name][-1]
    level = [node] if isinstance(node, cst.FunctionDef) and not found.rest else []
    for _ in range(depth):
        level = [inner for function in level for inner in _inner(function)]
    return level


def _inner(function: cst.FunctionDef) -> list[cst.FunctionDef]:
    body = function.body.body if isinstance(function.body, cst.IndentedBlock) else ()
    return [s for s in body if isinstance(s, cst.FunctionDef)]


def _hands_on(wrapper: cst.FunctionDef) -> bool:
    """Whether it takes any arguments, and does nothing with them but to hand them on."""
    params = wrapper.params
    stars = [p for p in (params.star_arg, params.star_kwarg) if isinstance(p, cst.Param)]
    if _named(params) or len(stars) != 2:
        return False
    visitor = _Used({p.name.value for p in stars})
    look(wrapper.body, visitor)
    return not visitor.found


def _gives_back(wrapper: cst.FunctionDef) -> bool:
    """Whether what it returns is what the function it wraps returned."""
    visitor = _Returned()
    look(wrapper.body, visitor)
    told = [node for node in visitor.given if node is not None]
    return bool(told) and all(_is_answer(node, visitor.bound) for node in told)


def _is_answer(node: cst.BaseExpression, bound: dict[str, list[cst.BaseExpression]]) -> bool:
    if isinstance(node, cst.Name):
        values = bound.get(node.value, [])
        return len(values) == 1 and isinstance(values[0], cst.Call) and _is_answer(values[0], bound)
    starred = isinstance(node, cst.Call) and any(arg.star for arg in node.args)
    return starred and isinstance(node, cst.Call) and isinstance(node.func, cst.Name)


class _Used(cst.CSTVisitor):
    """Where `*args` and `**kwargs` are more than handed on."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self._names, self.found = names, False

    def visit_Arg(self, node: cst.Arg) -> bool:
        handed = node.star and isinstance(node.value, cst.Name) and node.value.value in self._names
        if not handed:
            look(node.value, self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.found = self.found or node.value in self._names


class _Returned(cst.CSTVisitor):
    """What a function returns, and what its variables are."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[cst.BaseExpression | None] = []
        self.bound: dict[str, list[cst.BaseExpression]] = {}

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Return(self, node: cst.Return) -> None:
        self.given.append(node.value)

    def visit_Assign(self, node: cst.Assign) -> None:
        for target in node.targets:
            self.bound.setdefault(dotted(target.target), []).append(node.value)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self.bound.setdefault(dotted(node.target), []).extend([node.value, node.value])
