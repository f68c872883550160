"""What `context.assets_def` answers, as the decorator of the same function says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import libcst as cst

from migrate.reading.factories.binding import spoken
from migrate.reading.folding import UNTOLD, worth
from migrate.reading.names import bound_by, dotted
from migrate.reading.walking import cloned, look

NAMING = ("op.name", "node_def.name")
OF_KEY: Mapping[str, str] = {"metadata_by_key": "metadata", "group_names_by_key": "group_name"}
"""What the definition holds by key, and the argument that says it of an asset that is the only one."""
OF_SPEC: Mapping[str, str] = {"metadata": "metadata", "group_name": "group_name"}
NOTHING: Mapping[str, str] = {"metadata": "{}", "partitions_def": "None"}
"""What an argument that is not given stands for."""


def plain(node: cst.BaseExpression) -> bool:
    """Whether an expression only names things or spells them out, and calls nothing."""
    if worth(node) is not UNTOLD or dotted(node):
        return True
    if isinstance(node, cst.Dict):
        return all(
            plain(e.value) and (not isinstance(e, cst.DictElement) or plain(e.key)) for e in node.elements
        )
    if isinstance(node, cst.List | cst.Tuple | cst.Set):
        return all(plain(e.value) for e in node.elements)
    if isinstance(node, cst.Subscript):
        indices = [e.slice.value for e in node.slice if isinstance(e.slice, cst.Index)]
        return len(indices) == len(node.slice) and all(map(plain, [node.value, *indices]))
    if isinstance(node, cst.FormattedString):
        return all(
            isinstance(p, cst.FormattedStringText)
            or (isinstance(p, cst.FormattedStringExpression) and plain(p.expression))
            for p in node.parts
        )
    return False


def definition_names(function: cst.FunctionDef, context: str) -> frozenset[str]:
    """The variables of a function that hold its definition, and are only asked for attributes."""
    uses = _Uses(f"{context}.assets_def")
    look(function.body, uses)
    names = spoken(function.body)
    return frozenset(n for n in uses.held if uses.bound[n] == 1 and names.get(n) == 1 + uses.led.get(n, 0))


class _Uses(cst.CSTVisitor):
    def __init__(self, definition: str) -> None:
        super().__init__()
        self._definition = definition
        self.held: set[str] = set()
        self.bound: dict[str, int] = {}
        self.led: dict[str, int] = {}

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> None:
        """LibCST calls this on the way in."""
        for name, value in bound_by(node):
            self.bound[name] = self.bound.get(name, 0) + 1
            if dotted(getattr(value, "value", None)) == self._definition and len(node.body) == 1:
                self.held.add(name)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        if isinstance(node.value, cst.Name):
            self.led[node.value.value] = self.led.get(node.value.value, 0) + 1


class Answers(cst.CSTTransformer):
    """Puts answers in the place of questions.

    Args:
        context: the name of the context.
        held: variables that hold the definition.
        told: the decorator's arguments whose expressions mean the same within the function.
        given: the names of all of its arguments.
        one: whether the function makes one asset.
    """

    def __init__(
        self,
        context: str,
        held: Collection[str],
        told: Mapping[str, cst.BaseExpression],
        given: Collection[str],
        one: bool,
    ) -> None:
        super().__init__()
        self._context, self._told, self._given, self._one = context, told, given, one
        self._definitions = (f"{context}.assets_def", *held)
        self.spoken: set[str] = set()

    def _said(self, name: str) -> cst.BaseExpression | None:
        """The expression of an argument; what its absence stands for; None when neither can be told."""
        if name not in self._given:
            return cst.parse_expression(NOTHING[name]) if name in NOTHING else None
        node = self._told.get(name)
        if node is None or (name == "partitions_def" and not dotted(node)):
            return None
        self.spoken |= set(spoken(node))
        if name != "metadata" or isinstance(node, cst.Dict):
            return cloned(node)
        brackets = {"lpar": [cst.LeftParen()], "rpar": [cst.RightParen()]}
        return cst.BooleanOperation(cloned(node), cst.Or(), cst.Dict([]), **brackets)  # type: ignore[arg-type]

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """`assets_def.key`, `assets_def.partitions_def`, `assets_def.get_asset_spec().metadata`."""
        name, of = updated_node.attr.value, updated_node.value
        if self._one and name in OF_SPEC and self._is_spec(of):
            return self._said(OF_SPEC[name]) or updated_node
        path = next((p for p in self._definitions if dotted(updated_node).startswith(f"{p}.")), "")
        asked = dotted(updated_node).removeprefix(f"{path}.") if path else ""
        if asked in NAMING:
            return cst.parse_expression(f"{self._context}.op_def.name")
        if asked == "key" and self._one:
            return cst.parse_expression(f"{self._context}.asset_key")
        if asked == "keys":
            return cst.parse_expression(f"{self._context}.selected_asset_keys")
        return (self._said(asked) if asked == "partitions_def" else None) or updated_node

    def _is_spec(self, node: cst.BaseExpression) -> bool:
        """Whether an expression is the definition's only spec."""
        if isinstance(node, cst.Call):
            return not node.args and self._asks(node.func, "get_asset_spec")
        return isinstance(node, cst.Subscript) and self._of_own_key(node, "specs_by_key")

    def _asks(self, node: cst.BaseExpression, name: str) -> bool:
        return dotted(node) in [f"{path}.{name}" for path in self._definitions]

    def _of_own_key(self, node: cst.Subscript, name: str) -> bool:
        """Whether this is what the definition holds under that name for the function's own key."""
        index = node.slice[0].slice if len(node.slice) == 1 else None
        own = isinstance(index, cst.Index) and dotted(index.value) == f"{self._context}.asset_key"
        return own and self._asks(node.value, name)

    def leave_Subscript(
        self, original_node: cst.Subscript, updated_node: cst.Subscript
    ) -> cst.BaseExpression:
        """`assets_def.metadata_by_key[context.asset_key]`, and what is asked of it by a literal."""
        if self._one:
            for name, argument in OF_KEY.items():
                if self._of_own_key(updated_node, name):
                    return self._said(argument) or updated_node
        if original_node.value is updated_node.value or not isinstance(updated_node.value, cst.Dict):
            return updated_node
        index = updated_node.slice[0].slice
        wanted = worth(index.value) if isinstance(index, cst.Index) else UNTOLD
        pairs = [e for e in updated_node.value.elements if isinstance(e, cst.DictElement)]
        whole = len(pairs) == len(updated_node.value.elements) and wanted is not UNTOLD
        found = [e.value for e in pairs if worth(e.key) == wanted] if whole else []
        return found[-1] if found else updated_node


class Unheld(cst.CSTTransformer):
    """Leaves out statements that only give names to a definition nobody asks any more."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__()
        self._names = names

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        """The statements that stay; comments above one that goes stand above the next."""
        body: list[cst.BaseStatement] = []
        above: list[cst.EmptyLine] = []
        for statement in updated_node.body:
            leading = list(getattr(statement, "leading_lines", ()))
            bound = (
                {n for n, _ in bound_by(statement)}
                if isinstance(statement, cst.SimpleStatementLine)
                else set()
            )
            if bound and bound <= set(self._names):
                above += leading
                continue
            body.append(statement.with_changes(leading_lines=[*above, *leading]) if above else statement)
            above = []
        return updated_node.with_changes(body=body) if len(body) < len(updated_node.body) else updated_node
