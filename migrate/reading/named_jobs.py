"""Jobs that are made within another call, given a name at the top of the module: a flow stands there.

`build_schedule_from_partitioned_job(define_asset_job("core", …))` is two statements in the target.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

import libcst as cst

from migrate.reading.hoisting import path_of
from migrate.reading.names import ModuleNames, collect
from migrate.reading.walking import rewrite

JOB = "dagster.define_asset_job"
HOLDERS = ("dagster.Definitions", "dagster.load_")
"""Calls that hold jobs: what is written in them gets its place there."""
Lines = dict[int, int]


def with_named_jobs(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with such variables, and the line of each of its nodes; no lines when nothing changed."""
    if "define_asset_job" not in tree.code:
        return tree, {}
    names = collect(tree, module, package)
    taken = {*names.imports, *names.nodes}
    known: Lines = {}
    body: list[cst.BaseStatement | cst.SimpleStatementLine] = []
    for statement in tree.body:
        hoist = _Hoist(names, taken)
        fresh = rewrite(statement, hoist) if isinstance(statement, cst.SimpleStatementLine) else statement
        if not hoist.found or not isinstance(fresh, cst.SimpleStatementLine):
            body.append(statement)
            continue
        known = known or lines()
        line = known.get(id(statement), 1)
        for number, (name, call) in enumerate(hoist.found):
            assign = cst.Assign([cst.AssignTarget(cst.Name(name))], call)
            leading = statement.leading_lines if not number else ()
            made = cst.SimpleStatementLine([assign], leading_lines=leading)
            at = known.get(id(call), line)
            known.update({id(made): at, id(assign): at})
            body.append(made)
        fresh = fresh.with_changes(leading_lines=[])
        known.update({id(node): line for node in (fresh, *fresh.body, getattr(fresh.body[0], "value", None))})
        body.append(fresh)
    return (tree.with_changes(body=body), known) if known else (tree, {})


class _Hoist(cst.CSTTransformer):
    def __init__(self, names: ModuleNames, taken: set[str]) -> None:
        super().__init__()
        self._names, self._taken = names, taken
        self._around: list[str] = []
        self.found: list[tuple[str, cst.Call]] = []

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        """LibCST calls this on the way in."""
        path = path_of(node.func, self._names)
        self._around.append(path)
        return path != JOB and not path.startswith(HOLDERS)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        path = self._around.pop()
        name = _said(original_node) if path == JOB and self._around else ""
        if not name:
            return updated_node
        free = name if name.isidentifier() else "job"
        while free in self._taken:
            free += "_"
        self._taken.add(free)
        self.found.append((free, original_node))
        return cst.Name(free)


def _said(call: cst.Call) -> str:
    """The name of the job, when it is written out."""
    for place, argument in enumerate(call.args):
        own = argument.keyword.value == "name" if argument.keyword else place == 0
        if own and isinstance(argument.value, cst.SimpleString):
            return str(ast.literal_eval(argument.value.value))
    return ""
