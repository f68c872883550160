"""Annotations that still name a Dagster type say `Any`: nothing of what the function does depends on them."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.walking import rewrite, rewritten_tree
from migrate.rewriting.scoped import Scopes

UNCHECKED = ("dataclass", "NamedTuple", "TypedDict")
"""What makes classes whose fields take any value."""


def unannotated(
    module: cst.Module, scopes: Scopes, fresh: frozenset[str], any_: Callable[[], str]
) -> cst.Module:
    """The module with `Any` in place of Dagster's types in annotations of parameters, results and variables.

    Fields of classes keep theirs, for a model is made of them; those of a dataclass, a named tuple or a typed
    dictionary, which check nothing, do not. `any_` imports `Any` and tells its spelling.
    """
    return rewritten_tree(module, _Unannotated(scopes, fresh, any_))


class _Unannotated(cst.CSTTransformer):
    def __init__(self, scopes: Scopes, fresh: frozenset[str], any_: Callable[[], str]) -> None:
        super().__init__()
        self._scopes, self._fresh, self._any = scopes, fresh, any_
        self._functions: list[bool] = [False]
        self._annotations = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._functions.append(True)
        self._scopes.enter(node)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """LibCST calls this on the way out."""
        self._functions.pop()
        self._scopes.leave()
        return updated_node

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        decorators = [d.decorator for d in node.decorators]
        names = [dotted(d.func if isinstance(d, cst.Call) else d) for d in decorators]
        names += [dotted(base.value) for base in node.bases]
        self._functions.append(any(name.rpartition(".")[2] in UNCHECKED for name in names))

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        """LibCST calls this on the way out."""
        self._functions.pop()
        return updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out; what `cast` says first is a type."""
        said = updated_node.args[0].value if updated_node.args else None
        if not isinstance(said, cst.SimpleString) or dotted(updated_node.func) not in ("cast", "typing.cast"):
            return updated_node
        self._annotations += 1
        fresh = self.leave_SimpleString(said, said)
        self._annotations -= 1
        if fresh is said:
            return updated_node
        return updated_node.with_changes(
            args=[updated_node.args[0].with_changes(value=fresh), *updated_node.args[1:]]
        )

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        if not self._functions[-1]:
            return False
        self._annotations += 1
        return True

    def leave_Annotation(self, original_node: cst.Annotation, updated_node: cst.Annotation) -> cst.Annotation:
        """LibCST calls this on the way out."""
        self._annotations -= self._functions[-1]
        return updated_node

    def _left(self, node: cst.BaseExpression) -> bool:
        if not self._annotations or not dotted(node) or dotted(node).split(".")[0] in self._fresh:
            return False
        return bool(self._scopes.dagster(node))

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out; an annotation may stand in quotes."""
        if not self._annotations or not isinstance(original_node.evaluated_value, str):
            return updated_node
        try:
            inside = cst.parse_expression(original_node.evaluated_value)
        except cst.ParserSyntaxError:
            return updated_node
        fresh = rewrite(inside, self)
        if fresh is inside or not isinstance(fresh, cst.BaseExpression):
            return updated_node
        return updated_node.with_changes(value=f'"{cst.Module([]).code_for_node(fresh)}"')

    def leave_Subscript(
        self, original_node: cst.Subscript, updated_node: cst.Subscript
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        return cst.Name(self._any()) if self._left(original_node.value) else updated_node

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        return cst.Name(self._any()) if self._left(original_node) else updated_node

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        return cst.Name(self._any()) if self._left(original_node) else updated_node
