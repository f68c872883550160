"""What expressions of written-out code are worth: elements of the project's tables, names of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.folding import UNTOLD, Folds, literal, worth
from migrate.reading.names import Internal, dotted
from migrate.reading.scope import Scope
from migrate.reading.walking import cloned, rewrite

if TYPE_CHECKING:
    from migrate.reading.project import Project

PLAIN = (str, int, float, bool, type(None))
LONGEST = 500


class Telling:
    """Works out expressions at the top of one module; `named` are the names of jobs that were laid out."""

    def __init__(self, project: Project, module: str) -> None:
        self._project, self._module = project, module
        self.named: dict[str, str] = {}

    def folded(self, node: Any) -> Any:
        """The node with everything in it written as what it is worth, where that is a plain value."""
        return rewrite(rewrite(rewrite(node, Folds({})), _Tells(self)), Folds({}))

    def plain(self, node: cst.BaseExpression) -> Any:
        """The plain value of an expression, `UNTOLD` for all else."""
        if isinstance(node, cst.Attribute) and node.attr.value == "name" and dotted(node.value) in self.named:
            return self.named[dotted(node.value)]
        value = self._project.evaluator.value(node, Scope(self._module, {}))
        value = self._project.evaluator.said(value)
        return value if _is_plain(value) else UNTOLD

    def items(self, node: cst.BaseExpression) -> list[cst.BaseExpression] | None:
        """The expressions of what a loop goes over; None when that cannot be told."""
        if isinstance(node, cst.List | cst.Tuple | cst.Set):
            return [e.value for e in node.elements] if _unstarred(node) else None
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and not node.args:
            table = self._table(node.func.value)
            how = node.func.attr.value
            if table is not None and how in ("items", "keys", "values"):
                return [_of_pair(how, node.func.value, pair) for pair in table]
        table = self._table(node)
        if table is not None:
            return [pair.key for pair in table]
        listed = self._listed(node)
        if listed is not None:
            return [_element(node, cst.Integer(str(n)), e.value) for n, e in enumerate(listed)]
        value = self._project.evaluator.value(node, Scope(self._module, {}))
        value = list(value.items()) if isinstance(value, dict) and _is_call(node, "items") else value
        told = isinstance(value, list | tuple | dict | range) and all(map(_is_data, value))
        return [literal(one) for one in value] if told else None

    def _assigned(self, node: cst.BaseExpression) -> cst.BaseExpression | None:
        """The expression that a name of a module stands for: it is assigned once."""
        path = dotted(node)
        meaning = self._project.names.resolve(self._module, path) if path else None
        if not isinstance(meaning, Internal) or meaning.rest:
            return None
        nodes = self._project.names.modules[meaning.module].nodes[meaning.name]
        one = nodes[0] if len(nodes) == 1 else None
        return one.value if isinstance(one, cst.Assign | cst.AnnAssign) else None

    def _table(self, node: cst.BaseExpression) -> list[cst.DictElement] | None:
        found = node if isinstance(node, cst.Dict) else self._assigned(node)
        if not isinstance(found, cst.Dict):
            return None
        pairs = [e for e in found.elements if isinstance(e, cst.DictElement)]
        told = all(isinstance(worth(e.key), PLAIN) for e in pairs)
        return pairs if told and len(pairs) == len(found.elements) else None

    def _listed(self, node: cst.BaseExpression) -> list[cst.BaseElement] | None:
        found = self._assigned(node)
        return list(found.elements) if isinstance(found, cst.List | cst.Tuple) and _unstarred(found) else None


def _is_call(node: cst.BaseExpression, name: str) -> bool:
    return (
        isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value == name
    )


def _unstarred(node: cst.List | cst.Tuple | cst.Set) -> bool:
    return all(isinstance(e, cst.Element) for e in node.elements)


def _of_pair(how: str, table: cst.BaseExpression, pair: cst.DictElement) -> cst.BaseExpression:
    value = _element(table, pair.key, pair.value)
    if how == "keys":
        return pair.key
    return value if how == "values" else cst.Tuple([cst.Element(pair.key), cst.Element(value)])


def _element(
    table: cst.BaseExpression, key: cst.BaseExpression, value: cst.BaseExpression
) -> cst.BaseExpression:
    """An element of a table: itself when it is a plain value or a name, else the place it has there."""
    if isinstance(worth(value), PLAIN) or dotted(value) or not dotted(table):
        return cloned(value)
    return cst.Subscript(cloned(table), [cst.SubscriptElement(cst.Index(cloned(key)))])


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, PLAIN) for one in value) and len(repr(value)) < LONGEST
    return isinstance(value, PLAIN)


def _is_data(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(k, PLAIN) and _is_data(v) for k, v in value.items())
    return all(map(_is_data, value)) if isinstance(value, list | tuple) else isinstance(value, PLAIN)


class _Tells(cst.CSTTransformer):
    """Puts plain values in the place of elements of tables, tests and names of jobs."""

    def __init__(self, telling: Telling) -> None:
        super().__init__()
        self._telling = telling

    def _told(self, original: cst.BaseExpression, updated: cst.BaseExpression) -> cst.BaseExpression:
        value = self._telling.plain(updated)
        return updated if value is UNTOLD else literal(value)

    def leave_Subscript(
        self, original_node: cst.Subscript, updated_node: cst.Subscript
    ) -> cst.BaseExpression:
        """`TABLE["name"]`."""
        return self._told(original_node, updated_node)

    def leave_Comparison(
        self, original_node: cst.Comparison, updated_node: cst.Comparison
    ) -> cst.BaseExpression:
        """`"name" in TABLE["other"]`."""
        return self._told(original_node, updated_node)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """`job.name`, `TABLE[0].name`."""
        of_table = isinstance(updated_node.value, cst.Subscript)
        named = updated_node.attr.value == "name" and isinstance(updated_node.value, cst.Name)
        return self._told(original_node, updated_node) if of_table or named else updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """`TABLE["name"].get("key")`."""
        return self._told(original_node, updated_node) if _is_call(updated_node, "get") else updated_node
