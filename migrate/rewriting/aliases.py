"""Dagster's instance under a name of its own: `instance = context.instance`, and what is asked of it after.

A name that is bound once, and of which nothing is done but to ask it, is what it stands for.
"""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import bound_by, dotted
from migrate.reading.walking import look
from migrate.rewriting.work import Frame


def asked_path(frame: Frame, node: cst.CSTNode) -> str:
    """The dotted name of an expression, with the context's own names in place of the function's."""
    path = dotted(node)
    first, dot, rest = path.partition(".")
    return f"{frame.context}.instance{dot}{rest}" if dot and first in instances(frame) else path


def instances(frame: Frame) -> frozenset[str]:
    """The names in a function that are its context's instance, and nothing else."""
    if frame.instances is None:
        frame.instances = _instances(frame.function, frame.context) if frame.context else frozenset()
    return frame.instances


def names_instance(frame: Frame, statement: cst.SimpleStatementLine) -> bool:
    """Whether a statement does nothing but give the instance such a name."""
    small = statement.body[0]
    value = getattr(small, "value", None)
    if len(statement.body) != 1 or value is None or dotted(value) != f"{frame.context}.instance":
        return False
    bound = {name for name, _ in bound_by(statement)}
    return bool(bound) and bound <= instances(frame)


def expect(frame: Frame, statement: cst.SimpleStatementLine) -> None:
    """Note, on the way in, that the instance of such a statement needs no counterpart."""
    if names_instance(frame, statement):
        frame.settled.add(id(getattr(statement.body[0], "value", None)))


def _instances(function: cst.FunctionDef, context: str) -> frozenset[str]:
    uses = _Uses(f"{context}.instance")
    look(function, uses)
    return frozenset(
        name
        for name in uses.given
        if uses.bound.get(name) == 1 and uses.spoken.get(name, 0) == 1 + uses.led.get(name, 0)
    )


class _Uses(cst.CSTVisitor):
    """How often each name is bound, spoken of, and asked for an attribute; which are the instance."""

    def __init__(self, instance: str) -> None:
        super().__init__()
        self._instance = instance
        self.given: set[str] = set()
        self.bound: dict[str, int] = {}
        self.spoken: dict[str, int] = {}
        self.led: dict[str, int] = {}

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> None:
        """LibCST calls this on the way in."""
        for name, value in bound_by(node):
            self.bound[name] = self.bound.get(name, 0) + 1
            given = getattr(value, "value", None)
            if isinstance(value, cst.Assign | cst.AnnAssign) and given and dotted(given) == self._instance:
                self.given.add(name)

    def visit_Param(self, node: cst.Param) -> None:
        """LibCST calls this on the way in."""
        self.bound[node.name.value] = self.bound.get(node.name.value, 0) + 1

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.spoken[node.value] = self.spoken.get(node.value, 0) + 1

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in: the name of an attribute is not the function's."""
        first = dotted(node).partition(".")[0]
        if first:
            self.led[first] = self.led.get(first, 0) + 1
            self.spoken[first] = self.spoken.get(first, 0) + 1
            return False
        look(node.value, self)
        return False
