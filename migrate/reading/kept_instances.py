"""`instance = context.instance`: the variable is what it stands for, wherever the function asks it.

Rules know what is asked of `context.instance`; code that keeps it in a variable first asks the same.
"""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst
import libcst.matchers as m

from migrate.reading.names import dotted

Lines = dict[int, int]
KEPT = "instance"


def without_kept(tree: cst.Module, lines: Callable[[], Lines]) -> tuple[cst.Module, Lines]:
    """The module without such variables, and the line of each of its nodes; no lines when nothing changed.

    `lines` gives `id` of a node → its line, for the module as it is.
    """
    places = {id(s): found for s in tree.body if isinstance(s, cst.FunctionDef) and (found := _kept(s))}
    if not places:
        return tree, {}
    known = lines()
    body = [s.visit(_Spelled(places[id(s)], known)) if id(s) in places else s for s in tree.body]
    return tree.with_changes(body=body), known


def _kept(function: cst.FunctionDef) -> dict[str, cst.Attribute]:
    """The variables of a function that are a context's instance, and nothing else at any time."""
    params = {p.name.value for p in function.params.params if p.name.value.endswith("context")}
    found: dict[str, cst.Attribute] = {}
    for statement in function.body.body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if not isinstance(small, cst.Assign) or not isinstance(small.value, cst.Attribute):
            continue
        owner, _, name = dotted(small.value).rpartition(".")
        target = dotted(small.targets[0].target) if len(small.targets) == 1 else ""
        if owner in params and name == KEPT and target.isidentifier():
            found[target] = small.value
    return {name: value for name, value in found.items() if _bound(function, name) == 1}


def _bound(function: cst.FunctionDef, name: str) -> int:
    """How often a function binds a name; what hides it within counts too."""
    named = m.Name(name)
    holders = (
        *(m.AssignTarget(named), m.Param(name=named), m.For(target=named), m.CompFor(target=named)),
        *(m.AugAssign(target=named), m.AnnAssign(target=named), m.NamedExpr(target=named), m.Del(named)),
        *(m.NameItem(named), m.AsName(name=named), m.ImportAlias(name=named), m.FunctionDef(name=named)),
    )
    return sum(len(m.findall(function, holder)) for holder in holders)


class _Spelled(cst.CSTTransformer):
    """Puts the context's instance in the place of the variables; what is built anew keeps its line."""

    def __init__(self, kept: dict[str, cst.Attribute], lines: Lines) -> None:
        super().__init__()
        self._kept, self._lines = kept, lines

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        """LibCST calls this on the way out of every node."""
        fresh = super().on_leave(original_node, updated_node)
        if id(original_node) in self._lines and isinstance(fresh, cst.CSTNode):
            self._lines[id(fresh)] = self._lines[id(original_node)]
        return fresh  # type: ignore[return-value]

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """The variable."""
        value = self._kept.get(original_node.value)
        return value.deep_clone() if value is not None else updated_node

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """Its name stays."""
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        """So does that of an argument."""
        return updated_node.with_changes(keyword=original_node.keyword)

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        """The assignment itself goes."""
        return not self._assigns(node)

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.RemovalSentinel:
        """LibCST calls this on the way out."""
        return cst.RemoveFromParent() if self._assigns(original_node) else updated_node

    def _assigns(self, node: cst.SimpleStatementLine) -> bool:
        small = node.body[0]
        return isinstance(small, cst.Assign) and any(small.value is v for v in self._kept.values())
