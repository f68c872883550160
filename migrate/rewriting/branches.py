"""Branches whose test rewriting has answered: what is never taken is left out."""

from __future__ import annotations

from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.unrolling import chosen
from migrate.reading.walking import look, rewrite
from migrate.rewriting.work import Frame


def straightened(frame: Frame, function: cst.FunctionDef) -> cst.FunctionDef:
    """The function without the branches that an answer within it rules out."""
    if not frame.answered:
        return function
    done = rewrite(function, _Branches())
    assert isinstance(done, cst.FunctionDef)
    return done


class _Branches(cst.CSTTransformer):
    """Takes the branches whose test is a literal by now, and leaves every other test as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._later: set[int] = set()

    def visit_If(self, node: cst.If) -> None:
        """An `elif` is a test within another."""
        if isinstance(node.orelse, cst.If):
            self._later.add(id(node.orelse))

    def leave_If(self, original_node: cst.If, updated_node: cst.If) -> Any:
        """The branch that is taken in the place of the whole."""
        told = self._told(updated_node.test)
        if told is None:
            return updated_node.with_changes(test=self._shorter(updated_node.test))
        if id(original_node) in self._later:
            other = cst.Else(updated_node.body) if told else updated_node.orelse
            return other or cst.RemoveFromParent()
        taken = chosen(updated_node, told)
        if taken and isinstance(taken[0], cst.SimpleStatementLine | cst.BaseCompoundStatement):
            lines = [*updated_node.leading_lines, *taken[0].leading_lines]
            taken = [taken[0].with_changes(leading_lines=lines), *taken[1:]]
        return cst.FlattenSentinel(taken) if taken else cst.RemoveFromParent()

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        """A block of which nothing is left does nothing."""
        if updated_node.body:
            return updated_node
        return updated_node.with_changes(body=[cst.SimpleStatementLine([cst.Pass()])])

    def _shorter(self, test: cst.BaseExpression) -> cst.BaseExpression:
        """A test without the part that decides nothing."""
        if not isinstance(test, cst.BooleanOperation):
            return test
        idle = isinstance(test.operator, cst.And)
        if self._told(test.left) is idle:
            return test.right
        return test.left if self._told(test.right) is idle else test

    def _told(self, test: cst.BaseExpression) -> bool | None:
        """Whether a test is met; what calls nothing need not be asked before an answer that decides."""
        if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
            inner = self._told(test.expression)
            return None if inner is None else not inner
        if isinstance(test, cst.BooleanOperation):
            decides = isinstance(test.operator, cst.Or)
            left, right = self._told(test.left), self._told(test.right)
            if left is decides or (right is decides and not _calls(test.left)):
                return decides
            return not decides if left is right is (not decides) else None
        if isinstance(test, cst.Comparison) and [dotted(test.left), *_nothing(test)] == ["None", "None"]:
            return isinstance(test.comparisons[0].operator, cst.Is)
        if isinstance(test, cst.Name) and test.value in ("True", "False"):
            return test.value == "True"
        return None


def _nothing(test: cst.Comparison) -> list[str]:
    """The names that something is or is not, by a comparison."""
    found = [c for c in test.comparisons if isinstance(c.operator, cst.Is | cst.IsNot)]
    return [dotted(c.comparator) for c in found] if len(found) == len(test.comparisons) else []


class _Calls(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        self.found = True


def _calls(node: cst.CSTNode) -> bool:
    visitor = _Calls()
    look(node, visitor)
    return visitor.found
