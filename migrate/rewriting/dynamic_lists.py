"""Dynamic outputs that an op gathers in a list and returns: the list of their values."""

from __future__ import annotations

from typing import TypeVar

import libcst as cst

from migrate.reading.walking import look, rewrite
from migrate.rewriting.work import Frame, Work

DYNAMIC = "dagster.DynamicOutput"
Node = TypeVar("Node", bound=cst.CSTNode)


class _Plain(cst.CSTTransformer):
    """`DynamicOutput(value, …)` as its value."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        if self._work.scopes.dagster(original_node.func) != DYNAMIC:
            return updated_node
        named = {a.keyword.value if a.keyword else str(i): a.value for i, a in enumerate(updated_node.args)}
        return named.get("value") or named.get("0") or updated_node


def plain(work: Work, node: Node) -> Node:
    """Code with the values in place of the dynamic outputs."""
    done = rewrite(node, _Plain(work))
    assert isinstance(done, cst.CSTNode)
    return done


class _Made(cst.CSTVisitor):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work, self.found = work, False

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        self.found = self.found or self._work.scopes.dagster(node.func) == DYNAMIC


def dynamic_values(work: Work, statement: cst.SimpleStatementLine) -> bool:
    """Whether a statement makes dynamic outputs."""
    made = _Made(work)
    look(statement, made)
    return made.found


def makes_list(frame: Frame, small: cst.BaseSmallStatement) -> bool:
    """Whether a statement may gather the items of an op that returns them all at its end."""
    outs = [out for out in frame.unit.outs if out.value] if frame.unit else []
    gathering = isinstance(small, cst.Assign | cst.AnnAssign | cst.AugAssign | cst.Expr)
    return len(outs) == 1 and outs[0].dynamic and not frame.yields and gathering
