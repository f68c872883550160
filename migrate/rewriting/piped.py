"""What a task does with the answer of a program that it ran: the run has recorded it by then."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.values import Called
from migrate.reading.walking import look
from migrate.rewriting.loaders import PIPES, runs
from migrate.rewriting.work import Frame, Work, led

ANSWERS = ("get_results", "get_materialize_result")


def answered(
    work: Work, original: cst.SimpleStatementLine, updated: cst.SimpleStatementLine
) -> list[cst.BaseStatement] | None:
    """`return client.run(…).get_materialize_result()` as the call alone; None when it is something else."""
    frame, small, fresh = work.frame, original.body[-1], updated.body[-1]
    if frame is None or frame.construct is None or frame.unit is None or frame.unit.does == "check":
        return None
    if isinstance(small, cst.Assign) and isinstance(fresh, cst.Assign) and _is_run(work, frame, small.value):
        if not _only_handed_over(frame, dotted(small.targets[0].target)):
            return None
        return led([cst.SimpleStatementLine([cst.Expr(fresh.value)])], updated.leading_lines)
    answer, given = _answer(small), _answer(fresh)
    if answer is None or given is None or not _is_run(work, frame, answer):
        return None
    made: list[cst.BaseStatement] = []
    if isinstance(given, cst.Call):
        made.append(cst.SimpleStatementLine([cst.Expr(given)]))
    body = frame.function.body.body
    if isinstance(small, cst.Return) and (not body or body[-1] is not original):
        made.append(cst.parse_statement("return None\n"))
    return led(made, updated.leading_lines)


def _answer(small: cst.BaseSmallStatement) -> cst.BaseExpression | None:
    """What is asked for its results, in a statement that hands them over; or the program's run itself."""
    value = small.value if isinstance(small, cst.Return | cst.Expr) else None
    if isinstance(value, cst.Yield):
        value = value.value.item if isinstance(value.value, cst.From) else value.value
    if not isinstance(value, cst.Call) or not isinstance(value.func, cst.Attribute) or value.args:
        return None
    return value.func.value if value.func.attr.value in ANSWERS else None


def _is_run(work: Work, frame: Frame, node: cst.BaseExpression) -> bool:
    """Whether an expression is `client.run(…)`, or a variable of the function that holds its answer."""
    if isinstance(node, cst.Name):
        finder = _Assigned(node.value)
        look(frame.function.body, finder)
        only = finder.found[0] if len(finder.found) == 1 else node
        return not isinstance(only, cst.Name) and _is_run(work, frame, only)  # `x = x` ends nowhere
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return False
    if node.func.attr.value != "run":
        return False
    if runs(work, dotted(node.func).split(".")[0], tuple(path.rpartition(".")[2] for path in PIPES)):
        return True
    value = work.model.project.evaluator.value(node.func.value, Scope(work.file.module, {}))
    return isinstance(value, Called) and value.name in PIPES


def _only_handed_over(frame: Frame, name: str) -> bool:
    """Whether a variable is read for nothing but to hand its answer over."""
    reads = _Assigned(name)
    look(frame.function.body, reads)
    return bool(name) and reads.reads == len(reads.found) + reads.handed


class _Assigned(cst.CSTVisitor):
    """What is assigned to a name, and how often it is spoken of."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.found: list[cst.BaseExpression] = []
        self.reads = self.handed = 0

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.reads += node.value == self._name

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.handed += dotted(node.value) == self._name and node.attr.value in ANSWERS

    def visit_Assign(self, node: cst.Assign) -> None:
        """LibCST calls this on the way in."""
        if any(dotted(target.target) == self._name for target in node.targets):
            self.found.append(node.value)
