"""The line each statement and call starts on, from one pass over a module.

LibCST's own position provider records every node and costs twice a parse; only these few are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import libcst as cst
from libcst._nodes.internal import CodegenState

WANTED = (cst.FunctionDef, cst.ClassDef, cst.Call, cst.BaseExpression, cst.Arg, cst.SimpleStatementLine)


class _Counting(CodegenState):
    """Counts lines instead of building text."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.line = 1
        self.lines: dict[int, int] = {}

    def add_token(self, value: str) -> None:
        self.line += value.count("\n")

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        if isinstance(node, WANTED):
            self.lines[id(node)] = self.line
        yield


def lines_of(module: cst.Module) -> dict[int, int]:
    """`id` of a node → its 1-based line; for definitions that of `def` or `class`. Keep the module alive."""
    state = _Counting(module)
    module._codegen(state)
    return state.lines
