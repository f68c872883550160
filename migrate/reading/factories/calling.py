"""An expression over what its calls give, once these are written out."""

from __future__ import annotations

from typing import Protocol

import libcst as cst

from migrate.reading.factories.finding import Key, calls_in

Statements = list[cst.BaseStatement]


class Writing(Protocol):
    """What writes out a call, or all that a comprehension makes."""

    def key(self, func: cst.BaseExpression) -> Key | None:
        """The function that a call is written out for."""

    def call(self, node: cst.Call, key: Key, done: Statements, depth: int, target: str) -> cst.BaseExpression:
        """What one call gives."""

    def comprehension(
        self, node: cst.ListComp | cst.GeneratorExp | cst.SetComp, done: Statements, depth: int
    ) -> cst.BaseExpression:
        """A list of what the calls for each item give."""


class Calling(cst.CSTTransformer):
    """Replaces the calls of functions that are written out, innermost first."""

    def __init__(self, writer: Writing, done: Statements, depth: int, wanted: dict[int, str]) -> None:
        super().__init__()
        self._writer, self._done, self._depth, self._wanted = writer, done, depth, wanted

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        """What is called later stays as it is."""
        return False

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """A call, and what it gives."""
        key = self._writer.key(original_node.func)
        if key is None:
            return updated_node
        target = self._wanted.get(id(original_node), "")
        return self._writer.call(updated_node, key, self._done, self._depth, target)

    def visit_ListComp(self, node: cst.ListComp) -> bool:
        """Its calls are made for each item."""
        return False

    def visit_GeneratorExp(self, node: cst.GeneratorExp) -> bool:
        """Likewise."""
        return False

    def visit_SetComp(self, node: cst.SetComp) -> bool:
        """Likewise."""
        return False

    def visit_DictComp(self, node: cst.DictComp) -> bool:
        """Not written out."""
        return False

    def leave_ListComp(self, original_node: cst.ListComp, updated_node: cst.ListComp) -> cst.BaseExpression:
        """A list of what the calls give."""
        if not any(self._writer.key(c.func) for c in calls_in(original_node)):
            return updated_node
        return self._writer.comprehension(original_node, self._done, self._depth)

    def leave_GeneratorExp(
        self, original_node: cst.GeneratorExp, updated_node: cst.GeneratorExp
    ) -> cst.BaseExpression:
        """Likewise."""
        if not any(self._writer.key(c.func) for c in calls_in(original_node)):
            return updated_node
        return self._writer.comprehension(original_node, self._done, self._depth)
