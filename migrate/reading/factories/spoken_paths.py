"""Where code speaks of some names."""

from __future__ import annotations

import libcst as cst

from migrate.reading.walking import look


class _Paths(cst.CSTVisitor):
    def __init__(self, words: set[str]) -> None:
        super().__init__()
        self._words, self.found = words, list[cst.BaseExpression]()

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def visit_Name(self, node: cst.Name) -> None:
        if node.value in self._words:
            self.found.append(node)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        if node.attr.value in self._words:
            self.found.append(node)
        look(node.value, self)
        return False


def paths_spoken(node: cst.CSTNode, words: set[str]) -> list[cst.BaseExpression]:
    """Where a node speaks of one of some names, its imports left out: each as the (dotted) path it is."""
    visitor = _Paths(words)
    look(node, visitor)
    return visitor.found
