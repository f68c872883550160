"""Code that is put together, and names that are counted, where a call becomes a decorated function."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.walking import look

MADE = {"from_graph": "dagster.graph", "from_op": "dagster.op"}
TIGHT = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


class Untold(Exception):
    """A call that stays as it is."""


def keys_of(node: cst.BaseExpression | None) -> dict[str, cst.BaseExpression]:
    """A dictionary that is written out, by its texts."""
    if node is None:
        return {}
    found = {}
    for element in node.elements if isinstance(node, cst.Dict) else ():
        if not isinstance(element, cst.DictElement) or not isinstance(element.key, cst.SimpleString):
            raise Untold
        found[str(element.key.evaluated_value)] = element.value
    if not isinstance(node, cst.Dict):
        raise Untold
    return found


def quoted(text: str) -> cst.SimpleString:
    """A text as code."""
    return cst.SimpleString(f'"{text}"')


def spelled_call(func: str, given: Mapping[str, cst.BaseExpression]) -> cst.Call:
    """A call with arguments by name."""
    return cst.Call(cst.Name(func), [cst.Arg(v, cst.Name(k), equal=TIGHT) for k, v in given.items()])


def dictionary(items: Mapping[str, cst.BaseExpression]) -> cst.Dict:
    """A dictionary with texts for keys."""
    return cst.Dict([cst.DictElement(quoted(name), value) for name, value in items.items()])


def is_heading(statement: cst.CSTNode) -> bool:
    """Whether imports have to stand below a statement."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if isinstance(small, cst.ImportFrom):
        return dotted(small.module) == "__future__"
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)


class Calls(cst.CSTVisitor):
    """The calls that make assets of graphs and ops, in the order they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Call] = []

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in MADE:
            self.found.append(node)


class Swap(cst.CSTTransformer):
    """Puts a name where a call was."""

    def __init__(self, call: cst.Call, name: cst.Name, lines: dict[int, int]) -> None:
        super().__init__()
        self._call, self._name, self._lines = call, name, lines

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        if original_node is self._call:
            return self._name
        self._lines.setdefault(id(updated_node), self._lines.get(id(original_node), 1))
        return updated_node


class Asked(cst.CSTVisitor):
    """How often a name is spoken of, its definition left out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.found = name, 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """LibCST calls this on the way in."""
        own = [*node.params.params, *node.params.posonly_params, *node.params.kwonly_params]
        if any(p.name.value == self._name for p in own):  # its own parameter is another thing
            for decorator in node.decorators:
                look(decorator, self)
            return False
        self.found -= node.name.value == self._name
        return True

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        look(node.value, self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        """LibCST calls this on the way in."""
        look(node.value, self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.found += node.value == self._name
