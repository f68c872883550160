"""Which names a module reads, outside of its import statements."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import libcst as cst

from migrate.reading.local_names import local_names
from migrate.reading.names import dotted
from migrate.reading.walking import look


class _Used(cst.CSTVisitor):
    """Names that are read anywhere but in import statements."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Counter[str] = Counter()
        self._local: list[set[str]] = []
        self._quoted = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        for decorator in node.decorators:
            look(decorator, self)
        look(node.params, self)
        if node.returns:
            look(node.returns, self)
        self._local.append({name for name, target in local_names(node, "", False).items() if target is None})
        look(node.body, self)
        self._local.pop()
        return False

    def visit_Param(self, node: cst.Param) -> bool:
        for part in (node.annotation, node.default):
            if part:
                look(part, self)
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        look(node.value, self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        look(node.value, self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        if not any(node.value in names for names in self._local):
            self.names[node.value] += 1

    def visit_Annotation(self, node: cst.Annotation) -> None:
        self._quoted += 1

    def leave_Annotation(self, original_node: cst.Annotation) -> None:
        self._quoted -= 1

    def visit_Assign(self, node: cst.Assign) -> None:
        self._quoted += dotted(node.targets[0].target) == "__all__"

    def leave_Assign(self, original_node: cst.Assign) -> None:
        self._quoted -= dotted(original_node.targets[0].target) == "__all__"

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        if self._quoted:
            for name in re.findall(r"[A-Za-z_]\w*", node.value):
                self.names[name] += 1


@lru_cache(maxsize=1)
def used_names(module: cst.CSTNode) -> Counter[str]:
    """How often each name is read outside of import statements; quoted annotations and `__all__` count."""
    visitor = _Used()
    look(module, visitor)
    return visitor.names
