"""Constructs of the definitions that depend on a condition: `if production: jobs.append(nightly)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.growing import changed_by
from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.values import Called, Decorated, flat, undecided

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile
    from migrate.reading.resource_ways import Variable


def sometimes(project: Project, held: frozenset[Variable]) -> Mapping[str, str]:
    """Place of a construct → the condition, as it is written; `held` are the lists of the definitions."""
    found: dict[str, str] = {}
    for file in project.python.values():
        names = {variable.name for variable in held if variable.module == file.module}
        for statement in file.tree.body if names and not file.shadowed else ():
            if isinstance(statement, cst.If):
                found.update(_below(project, file, statement, names))
    return found


def _below(
    project: Project, file: PythonFile, statement: cst.If, names: set[str]
) -> Iterator[tuple[str, str]]:
    scope = Scope(file.module, {})
    if not undecided(project.evaluator.value(statement.test, scope)):
        return
    branch: cst.If | cst.Else | None = statement
    while branch is not None:
        test = branch.test if isinstance(branch, cst.If) else statement.test
        told = f"{'not ' if isinstance(branch, cst.Else) else ''}{file.tree.code_for_node(test)}"
        for part in branch.body.body:
            for given in _added(part, names):
                for value in flat(project.evaluator.value(given, scope)):
                    place = value.place if isinstance(value, Called | Decorated) else ""
                    if place:
                        yield place, told
        branch = branch.orelse if isinstance(branch, cst.If) else None


def _added(part: cst.CSTNode, names: set[str]) -> Iterator[cst.BaseExpression]:
    """What a statement puts into one of the lists."""
    for small in part.body if isinstance(part, cst.SimpleStatementLine) else ():
        call = small.value if isinstance(small, cst.Expr) else None
        if changed_by(small) in names and isinstance(call, cst.Call):
            yield from (argument.value for argument in call.args)
        elif isinstance(small, cst.AugAssign) and dotted(small.target) in names:
            yield small.value
