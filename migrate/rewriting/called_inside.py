"""A task whose function stays below decorators of the project that ask for what Dagster gives it.

    @materialize(...)
    def orders(database: Database) -> int:
        context = TaskContext("asset://orders", resources={"database": database})

        @alerting
        def orders(context, database: Database):
            ...

        return orders(context, database=database)

The function within has the name and the parameters that it had, and is called as Dagster calls it.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.walking import rewrite
from migrate.rewriting.functions import has_docstring
from migrate.rewriting.handed_contexts import DIFFERENCE, made_context
from migrate.rewriting.layout import call, lay
from migrate.rewriting.named_outputs import known
from migrate.rewriting.outputs import stored
from migrate.rewriting.work import Frame, Work, led, statements

MADE_FIRST = ("TaskContext", "load", "load_each", "add_asset_metadata")
"""What the first lines of a task call, before those of the function."""


def called_inside(
    work: Work, frame: Frame, task: cst.FunctionDef, awaited: bool, stores: bool
) -> cst.FunctionDef | None:
    """The task with its function inside, below the decorators that it has; None when it cannot be.

    `stores` has the task store what the decorators make of the function's value.
    """
    own, given = frame.function, named(frame.function.params)
    starred = own.params.star_kwarg or isinstance(own.params.star_arg, cst.Param)
    if (
        not isinstance(task.body, cst.IndentedBlock)
        or starred
        or (stores and len(frame.unit.outs if frame.unit else ()) != 1)
    ):
        return None
    body = list(task.body.body)
    cut = 1 if has_docstring(body) else 0
    before, inside = _divided(body[cut:], set(given))
    if frame.context and frame.context not in _bound(before):
        frame.differences.append(DIFFERENCE)
        before = [*statements(f"{frame.context} = {lay(made_context(work, frame), 4, 20)}\n"), *before]
    if stores:
        inside = [rewrite(statement, _Unstored()) for statement in inside]  # type: ignore[misc]
    outer, theirs = set(named(task.params)), _named_decorators(work, own)
    if set(given) - outer - _bound(before) or (outer - set(given)) & _bound(inside):
        return None
    inner = task.with_changes(
        decorators=[d for d in task.decorators if _name(d) in theirs],
        params=_params(frame, task, given),
        returns=None,
        asynchronous=own.asynchronous,
        leading_lines=[cst.EmptyLine(indent=False)] if before else [],
        lines_after_decorators=(),
        body=task.body.with_changes(body=inside),
    )
    return task.with_changes(
        decorators=[d for d in task.decorators if _name(d) not in theirs],
        asynchronous=cst.Asynchronous() if awaited else None,
        body=task.body.with_changes(
            body=[*body[:cut], *before, inner, *_called(work, frame, given, awaited, stores)], footer=()
        ),
    )


def named(params: cst.Parameters) -> list[str]:
    """The names of parameters, without `*args` and `**kwargs`."""
    return [p.name.value for p in (*params.posonly_params, *params.params, *params.kwonly_params)]


def _divided(
    body: Sequence[cst.BaseStatement], given: set[str]
) -> tuple[list[cst.BaseStatement], list[cst.BaseStatement]]:
    """The first statements, up to the last that makes what Dagster handed over, and the function's own."""
    count = 0
    for place, statement in enumerate(body, 1):
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        value = small.value if isinstance(small, cst.Assign | cst.Expr) else None
        made = dotted(value.func) if isinstance(value, cst.Call) else ""
        if made not in MADE_FIRST:
            break
        count = place if _bound([statement]) & given else count
    return list(body[:count]), list(body[count:])


def _bound(body: Sequence[cst.BaseStatement]) -> set[str]:
    """The names that statements bind."""
    tree = list(ast.walk(ast.parse(cst.Module(list(body)).code)))  # type: ignore[arg-type]
    found = {node.id for node in tree if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return found | {node.name for node in tree if isinstance(node, ast.FunctionDef)}


def _named_decorators(work: Work, own: cst.FunctionDef) -> set[str]:
    return {_name(d) for d in own.decorators if not work.scopes.dagster(_callee(d))}


def _callee(decorator: cst.Decorator) -> cst.BaseExpression:
    node = decorator.decorator
    return node.func if isinstance(node, cst.Call) else node


def _name(decorator: cst.Decorator) -> str:
    return dotted(_callee(decorator))


def _params(frame: Frame, task: cst.FunctionDef, given: list[str]) -> cst.Parameters:
    """The parameters that Dagster hands over, with the annotations that they have now."""
    now = {p.name.value: p.annotation for p in (*task.params.params, *task.params.kwonly_params)}
    return cst.Parameters([cst.Param(cst.Name(name), now.get(name)) for name in given])


def _called(
    work: Work, frame: Frame, given: list[str], awaited: bool, stores: bool
) -> list[cst.BaseStatement]:
    """The call of the function, as Dagster calls it, and what is done with its value."""
    first = [frame.context] if frame.context else []
    named_ones = {name: name for name in given if name != frame.context}
    wait = "await " if awaited else ""
    answer = f"{wait}{lay(call(frame.function.name.value, *first, **named_ones), 4, 7 + len(wait))}"
    if stores and frame.unit:
        answer = stored(work, frame, known(work, frame, frame.unit.outs[0]), answer)
    return led(statements(f"return {answer}\n"), [cst.EmptyLine(indent=False)])


class _Unstored(cst.CSTTransformer):
    """Returns of the value that was stored."""

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def leave_Return(self, original_node: cst.Return, updated_node: cst.Return) -> cst.Return:
        value = original_node.value
        if isinstance(value, cst.Call) and dotted(value.func) == "store" and len(value.args) > 2:
            return updated_node.with_changes(value=value.args[2].value)
        return updated_node
