"""Decorators of the project between Dagster's and the function: what they do with arguments and value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.context_uses import Uses
from migrate.reading.names import Internal, dotted
from migrate.reading.walking import look
from migrate.reading.wrapper_uses import asked_by_wrapper, wrappers_in
from migrate.rewriting.called_inside import called_inside, named
from migrate.rewriting.handed_contexts import without_equal
from migrate.rewriting.signature import task_parameters
from migrate.rewriting.work import Frame, Work

Around = tuple[str, str, list[cst.FunctionDef]]
"""A decorator of the project: name, module, and the functions that it puts in place of the one below it."""
REMEDY = "Do in the task's body what the decorator does, and convert again."


def below_decorators(
    work: Work, frame: Frame, produced: Sequence[cst.BaseStatement]
) -> Sequence[cst.BaseStatement] | Manual:
    """What stands for a function that a rule has converted, or why it is refused."""
    if frame.problems:
        line, what, remedy = frame.problems[0]
        return Manual(f"{what} (line {line}) has no counterpart", remedy)
    own = frame.function
    task = next(
        (s for s in produced if isinstance(s, cst.FunctionDef) and s.name.value == own.name.value), None
    )
    if frame.unit is None or task is None or len(own.decorators) < 2:
        return produced
    settled = _below(work, frame, task)
    return settled if isinstance(settled, Manual) else [settled if s is task else s for s in produced]


def _below(work: Work, frame: Frame, task: cst.FunctionDef) -> cst.FunctionDef | Manual:
    """The task, with its function within where a decorator is handed more; why it cannot stay below one."""
    own, unit = frame.function, frame.unit
    assert unit
    around = list(_decorators_of_the_project(work, own))
    kept = any(out.store and out.value for out in unit.outs)
    alike = named(task.params) == named(own.params)
    making = _first_that_does_not(_gives_back, around) if kept else ""
    asking = "" if alike else _first_that_does_not(_hands_on, around)
    if not making and not asking:
        return task
    why = "makes the value that is stored" if making else "asks for its arguments as Dagster gives them"
    refused = Manual(f"`{making or asking}`, which wraps it, {why}", REMEDY)
    wrappers = [wrapper for _, _, each in around for wrapper in each]
    looked_at = making or any(map(_looks_at_answer, wrappers))
    if _yields(own) or (looked_at and _answers_dagster(work, own)) or not all(each for _, _, each in around):
        return refused
    for name, module, each in around:
        problem = _asks_for_more(work, frame, name, module, each)
        if problem:
            return problem
    awaited = {w.asynchronous is not None for w in around[0][2]}
    if len(awaited) > 1 or (own.asynchronous and awaited == {False}):
        return refused
    return called_inside(work, frame, task, awaited == {True}, bool(making)) or refused


def _first_that_does_not(does: Callable[[cst.FunctionDef], bool], around: Sequence[Around]) -> str:
    """The first decorator one of whose functions does not, or cannot be read."""
    return next((name for name, _, each in around if not (each and all(map(does, each)))), "")


def _asks_for_more(
    work: Work, frame: Frame, name: str, module: str, wrappers: Sequence[cst.FunctionDef]
) -> Manual | None:
    """What a decorator asks of the context that the task's has not."""
    uses = Uses()
    for wrapper in wrappers:
        uses |= asked_by_wrapper(work.model.project.names, module, wrapper)
    assert frame.unit
    has = task_parameters(work.model, frame.unit)
    if uses.partition and not any(p.source == "partition" for p in has):
        return Manual(f"the partition, which `{name}` asks for, is none of its parameters", REMEDY)
    missing = [key for key in uses.resources if key not in [p.name for p in has if p.source == "resource"]]
    if missing:
        reason = f"the resource {missing[0]}, which `{name}` asks for, is none of its parameters"
        return Manual(reason, REMEDY)
    for asked, remedy in without_equal(uses.attributes):
        return Manual(f"context.{asked}, which `{name}` asks for, has no counterpart", remedy or REMEDY)
    return None


def _decorators_of_the_project(work: Work, own: cst.FunctionDef) -> Iterator[Around]:
    """Those between Dagster's and the function, from the outermost."""
    for decorator in own.decorators:
        node = decorator.decorator
        callee = node.func if isinstance(node, cst.Call) else node
        found = work.scopes.meaning(callee)
        if isinstance(found, Internal) and not work.scopes.dagster(callee):
            bound = work.model.project.names.modules[found.module].nodes[found.name][-1]
            told = bound if isinstance(bound, cst.FunctionDef) and not found.rest else None
            depth = 2 if isinstance(node, cst.Call) else 1
            yield dotted(callee), found.module, wrappers_in(told, depth) if told else []


def _hands_on(wrapper: cst.FunctionDef) -> bool:
    """Whether it takes any arguments, and does nothing with them but to hand them on."""
    params = wrapper.params
    stars = [p for p in (params.star_arg, params.star_kwarg) if isinstance(p, cst.Param)]
    if named(params) or len(stars) != 2:
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
        return len(values) == 1 and not isinstance(values[0], cst.Name) and _is_answer(values[0], bound)
    if isinstance(node, cst.Await):
        return _is_answer(node.expression, bound)
    if isinstance(node, cst.IfExp):
        return _is_answer(node.body, bound) and _is_answer(node.orelse, bound)
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


def _yields(function: cst.FunctionDef) -> bool:
    visitor = _Yields()
    look(function.body, visitor)
    return visitor.found


def _answers_dagster(work: Work, function: cst.FunctionDef) -> bool:
    """Whether it makes what the target has not: `MaterializeResult`, `Output`, `AssetCheckResult`."""
    visitor = _Made(work)
    look(function.body, visitor)
    return visitor.found


class _Made(cst.CSTVisitor):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work, self.found = work, False

    def visit_Call(self, node: cst.Call) -> None:
        made = self._work.scopes.dagster(node.func)
        self.found = self.found or made.endswith(("Result", "Output"))


class _Yields(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Yield(self, node: cst.Yield) -> None:
        self.found = True


def _looks_at_answer(wrapper: cst.FunctionDef) -> bool:
    """Whether it does more with what the function returned than to return it."""
    visitor = _Returned()
    look(wrapper.body, visitor)
    answers = {n for n, values in visitor.bound.items() if any(_is_answer(v, {}) for v in values)}
    others = _Read(answers)
    look(wrapper.body, others)
    return others.found


class _Read(cst.CSTVisitor):
    """Whether names are read other than to be returned."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self._names, self.found = names, False

    def visit_Return(self, node: cst.Return) -> bool:
        return not isinstance(node.value, cst.Name)

    def visit_AssignTarget(self, node: cst.AssignTarget) -> bool:
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.found = self.found or node.value in self._names
