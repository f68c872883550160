"""Whether a resource's class has a life cycle: by itself, by a base of it, or by a resource within it."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import Internal, NameIndex, dotted
from migrate.reading.walking import look
from migrate.rewriting.life_cycles import METHODS


def lives(names: NameIndex, module: str, name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether `running` has something to call for objects of a class of the project."""
    node = names.modules[module].nodes[name][-1]
    if f"{module}:{name}" in seen or not isinstance(node, cst.ClassDef):
        return False
    seen = seen | {f"{module}:{name}"}
    if any(isinstance(part, cst.FunctionDef) and part.name.value in METHODS for part in node.body.body):
        return True
    told = [base.value for base in node.bases]
    for statement in node.body.body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if isinstance(small, cst.AnnAssign):
            told.append(small.annotation.annotation)
    for expression in told:
        for path in _spelled(expression):
            found = names.resolve(module, path)
            if (
                isinstance(found, Internal)
                and not found.rest
                and lives(names, found.module, found.name, seen)
            ):
                return True
    return False


class _Names(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.found.append(node.value)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        self.found.append(dotted(node))
        return False


def _spelled(expression: cst.BaseExpression) -> list[str]:
    """The names in an annotation or a base."""
    visitor = _Names()
    look(expression, visitor)
    return [name for name in visitor.found if name]
