"""`InputContext`, `OutputContext` → `IOContext`: whose value it is, of which partition.

Code that asks which of the two it has (`isinstance`, `case`) asks for `InputContext` and `OutputContext`
of the same module, which are kinds of `IOContext`.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from typing import cast

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.walking import look
from migrate.rewriting.work import Work
from migrate.rules import Rule


class _Distinguished(cst.CSTVisitor):
    """The classes that code tells values apart by."""

    def __init__(self) -> None:
        super().__init__()
        self.found = set[int]()

    def visit_Call(self, node: cst.Call) -> None:
        if dotted(node.func) == "isinstance" and len(node.args) == 2:
            self._classes(node.args[1].value)

    def visit_MatchClass(self, node: cst.MatchClass) -> None:
        self._classes(node.cls)

    def _classes(self, node: cst.BaseExpression) -> None:
        if isinstance(node, cst.Tuple):
            for element in node.elements:
                self._classes(element.value)
        elif isinstance(node, cst.BinaryOperation):
            self._classes(node.left)
            self._classes(node.right)
        else:
            self.found.add(id(node))


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name of the class."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    if "told apart" not in work.remembered:
        looking = _Distinguished()
        look(work.file.tree, looking)
        work.remembered["told apart"] = looking.found
    apart = id(original) in cast(set[int], work.remembered["told apart"])
    return cst.Name(work.need("prefect_support.io", path.rpartition(".")[2] if apart else "IOContext"))


RULE = Rule(("dagster.InputContext", "dagster.OutputContext"), "value", expression=expression)
