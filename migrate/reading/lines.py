"""The source of a module, and the line each statement and call starts on: one pass each.

LibCST's own position provider records every node and costs twice a parse; only these few are needed.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import libcst as cst
from libcst._nodes import expression
from libcst._nodes.internal import CodegenState


class _Nothing:
    """A context that does nothing, in less than `nullcontext` takes."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Nothing."""

    def __exit__(self, *problem: object) -> None:
        """Nothing."""


NOTHING: AbstractContextManager[None] = _Nothing()
WANTED = (cst.FunctionDef, cst.ClassDef, cst.Call, cst.BaseExpression, cst.Arg, cst.SimpleStatementLine)


@cache
def _is_wanted(kind: type) -> bool:
    """Remembered for each kind: asking an abstract class each time costs more than all else here."""
    return issubclass(kind, WANTED)


_IN_BRACKETS = expression._BaseParenthesizedNode._parenthesize


def _parenthesize(node: Any, state: CodegenState) -> AbstractContextManager[None]:
    """As LibCST's method, without a generator for each of the expressions that have no brackets."""
    if node.lpar or node.rpar:
        return _IN_BRACKETS(node, state)
    return state.record_syntactic_position(node)


expression._BaseParenthesizedNode._parenthesize = _parenthesize  # type: ignore[method-assign, assignment]


class _Writing(CodegenState):
    """Builds text, and records no positions: LibCST's own makes a generator for each node."""

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> AbstractContextManager[None]:
        return NOTHING


class _Counting(CodegenState):
    """Counts lines instead of building text."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.line = 1
        self.lines: dict[int, int] = {}

    def add_token(self, value: str) -> None:
        self.line += value.count("\n")

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> AbstractContextManager[None]:
        if _is_wanted(node.__class__):
            self.lines[id(node)] = self.line
        return NOTHING


def lines_of(module: cst.Module) -> dict[int, int]:
    """`id` of a node → its 1-based line; for definitions that of `def` or `class`. Keep the module alive."""
    state = _Counting(module)
    module._codegen(state)
    return state.lines


def code_of(module: cst.Module) -> str:
    """The source of a module: what `module.code` says, in two thirds of the time."""
    state = _Writing(default_indent=module.default_indent, default_newline=module.default_newline)
    module._codegen(state)
    return "".join(state.tokens)
