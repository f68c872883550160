"""Whether a kept result is handed over once on every path: it is told where it is made, so never twice."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.walking import look


def handed_over_once(function: cst.FunctionDef, name: str) -> bool:
    """Whether every path that gives the variable a result hands that very result over, or raises."""
    paths = _Paths(name)
    held = paths.block(function.body, False)
    return paths.sure and not held


class _Paths:
    """Walks statements; passed along is whether a result waits to be handed over, None after the end."""

    def __init__(self, name: str) -> None:
        self._name, self.sure = name, True

    def block(self, suite: cst.BaseSuite, held: bool | None) -> bool | None:
        """The state after these statements."""
        if isinstance(suite, cst.SimpleStatementSuite):
            return self._line(suite.body, bool(held))
        for statement in suite.body:
            if held is None:
                break
            held = self._statement(statement, held)
        return held

    def _statement(self, statement: cst.CSTNode, held: bool) -> bool | None:
        if isinstance(statement, cst.SimpleStatementLine):
            return self._line(statement.body, held)
        if isinstance(statement, cst.If):
            other = self._else(statement.orelse, held)
            return _either(self.block(statement.body, held), other)
        if isinstance(statement, cst.For | cst.While) and statement.orelse is None:
            once = _either(held, self.block(statement.body, held))
            return _either(once, self.block(statement.body, bool(once)))
        if isinstance(statement, cst.With):
            return self.block(statement.body, held)
        if self._speaks(statement):
            self.sure = False
        return held

    def _else(self, orelse: cst.If | cst.Else | None, held: bool) -> bool | None:
        if isinstance(orelse, cst.If):
            return self._statement(orelse, held)
        return held if orelse is None else self.block(orelse.body, held)

    def _line(self, line: Sequence[cst.BaseSmallStatement], held: bool) -> bool | None:
        for small in line:
            if isinstance(small, cst.Raise):
                return None
            if isinstance(small, cst.Return):
                self.sure = self.sure and (self._speaks(small) or not held)
                return None
            if isinstance(small, cst.Break | cst.Continue):
                self.sure = self.sure and not held
            elif self._binds(small):
                self.sure, held = self.sure and not held, True
            elif self._speaks(small):
                held = False
        return held

    def _binds(self, small: cst.BaseSmallStatement) -> bool:
        if isinstance(small, cst.Assign):
            return dotted(small.targets[0].target) == self._name
        return isinstance(small, cst.AnnAssign) and dotted(small.target) == self._name

    def _speaks(self, node: cst.CSTNode) -> bool:
        finder = _Finder(self._name)
        look(node, finder)
        return finder.found


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one is None:
        return other
    return one if other is None else one or other


class _Finder(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.found = name, False

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.found = self.found or node.value == self._name
