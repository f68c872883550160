"""Jobs and schedules that are made within a call or a list, given a name at the top of the module.

`build_schedule_from_partitioned_job(define_asset_job("core", …))` is two statements in the target, and
`jobs = [define_asset_job(…), define_asset_job(…)]` two flows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

import libcst as cst

from migrate.reading.hoisting import path_of
from migrate.reading.names import ModuleNames, canonical, collected, dotted
from migrate.reading.walking import parts_of, rewrite

JOB = "dagster.define_asset_job"
TICKING = "dagster.build_schedule_from_partitioned_job"
NAMED = (JOB, "dagster.ScheduleDefinition", TICKING)
HOLDERS = ("dagster.Definitions", "dagster.load_")
"""Calls that hold jobs: what is written in them gets its place there, but for schedules of partitions."""
Lines = dict[int, int]


def with_named_jobs(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with such variables, and the line of each of its nodes; no lines when nothing changed."""
    names = collected(tree, module, package)
    if not any(_leads_there(target) for target in names.imports.values()):
        return tree, {}
    taken = {*names.imports, *names.nodes}
    known: Lines = {}
    body: list[cst.BaseStatement | cst.SimpleStatementLine] = []
    for statement in tree.body:
        hoist = _Hoist(names, taken)
        plain = isinstance(statement, cst.SimpleStatementLine | cst.If)
        fresh = rewrite(statement, hoist) if plain else statement
        if not hoist.found or not isinstance(fresh, cst.SimpleStatementLine | cst.If):
            body.append(statement)
            continue
        known = known or lines()
        line = known.get(id(statement), 1)
        for number, (name, call) in enumerate(hoist.found):
            assign = cst.Assign([cst.AssignTarget(cst.Name(name))], call)
            leading = statement.leading_lines if not number else ()
            made = cst.SimpleStatementLine([assign], leading_lines=leading)
            at = known.get(id(call), line)
            known.update({id(made): at, id(assign): at, id(call): at})
            body.append(made)
        fresh = fresh.with_changes(leading_lines=[])
        _lined(fresh, line, known)
        body.append(fresh)
    return (tree.with_changes(body=body), known) if known else (tree, {})


def _leads_there(target: str) -> bool:
    """Whether an import is one of the makers, or a module that may hold one."""
    path = canonical(target)
    return target.startswith("dagster._") or any(f"{maker}.".startswith(f"{path}.") for maker in NAMED)


def _lined(node: cst.CSTNode, line: int, known: Lines) -> None:
    """Gives what is new in a statement the line of what is around it."""
    line = known.setdefault(id(node), line)
    for child in parts_of(node):
        _lined(child, line, known)


class _Hoist(cst.CSTTransformer):
    def __init__(self, names: ModuleNames, taken: set[str]) -> None:
        super().__init__()
        self._names, self._taken = names, taken
        self._around: list[str] = []
        self.found: list[tuple[str, cst.Call]] = []

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_ListComp(self, node: cst.ListComp) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_GeneratorExp(self, node: cst.GeneratorExp) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_DictComp(self, node: cst.DictComp) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_List(self, node: cst.List) -> None:
        """LibCST calls this on the way in."""
        self._around.append("list")

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        self._around.pop()
        return updated_node

    def visit_Call(self, node: cst.Call) -> bool:
        """LibCST calls this on the way in."""
        path = path_of(node.func, self._names)
        self._around.append(path)
        return True

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        path = self._around.pop()
        placed = any(p.startswith(HOLDERS) for p in self._around) and TICKING not in (path, *self._around)
        name = self._name(original_node, path) if path in NAMED and self._around and not placed else ""
        if not name:
            return updated_node
        free = re.sub(r"\W|^(?=\d)", "_", name)
        while free in self._taken:
            free += "_"
        self._taken.add(free)
        self.found.append((free, updated_node))
        return cst.Name(free)

    def _name(self, call: cst.Call, path: str) -> str:
        """The name it is given, else that of the job it is a schedule of."""
        said = _said(call, "name", 0 if path == JOB else None)
        if said or path == JOB:
            return said
        job = next((a.value for a in call.args if a.keyword and a.keyword.value == "job"), None)
        first = job or next((a.value for a in call.args if a.keyword is None), None)
        own = dotted(first) if first is not None else ""
        made = self.found[-1][0] if self.found and isinstance(first, cst.Call) else own.rpartition(".")[2]
        return f"{made}_schedule" if made else ""


def _said(call: cst.Call, name: str, position: int | None) -> str:
    """A text that is written out as an argument."""
    for place, argument in enumerate(call.args):
        own = argument.keyword.value == name if argument.keyword else place == position
        if own and isinstance(argument.value, cst.SimpleString):
            return str(ast.literal_eval(argument.value.value))
    return ""
