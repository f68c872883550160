"""Code whose names have been replaced by values, made shorter: what can be told now is written as it is."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.operators import COMPARE, METHODS

UNTOLD = object()
OF_PATHS = ("stem", "name", "suffix")


def worth(node: cst.CSTNode | None) -> Any:
    """The value of a literal, `UNTOLD` for all else."""
    if node is None or isinstance(node, cst.Name | cst.Call | cst.Attribute):
        constants = {"True": True, "False": False, "None": None}
        return constants.get(node.value, UNTOLD) if isinstance(node, cst.Name) else UNTOLD
    try:
        return ast.literal_eval(cst.Module([]).code_for_node(node).strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return UNTOLD


def literal(value: Any) -> cst.BaseExpression:
    """A value as a literal, texts with double quotes."""
    if isinstance(value, str):
        plain = repr(value)
        swap = plain[0] == "'" and '"' not in value
        return cst.parse_expression(f'"{plain[1:-1]}"' if swap else plain)
    if isinstance(value, list):
        return cst.List([cst.Element(literal(one)) for one in value])
    return cst.parse_expression(repr(value))


def true(node: cst.BaseExpression) -> bool | None:
    """Whether an expression is true; None when that cannot be told."""
    value = worth(node)
    if value is not UNTOLD:
        return bool(value)
    if isinstance(node, cst.Dict | cst.List | cst.Tuple | cst.Set):
        return bool(node.elements)
    return True if isinstance(node, cst.Call) and _is_made(node) else None


def _is_made(node: cst.Call) -> bool:
    """Whether a call makes an object, which is true."""
    return dotted(node.func).rpartition(".")[2][:1].isupper()


class Folds(cst.CSTTransformer):
    """Works out what is constant; `fields` are the fields of the models, by their class."""

    def __init__(self, models: Mapping[str, Any]) -> None:
        super().__init__()
        self._models = models

    def leave_BooleanOperation(
        self, original_node: cst.BooleanOperation, updated_node: cst.BooleanOperation
    ) -> cst.BaseExpression:
        """`a or b`, `a and b`."""
        told = true(updated_node.left)
        if told is None:
            return updated_node
        first = told is isinstance(updated_node.operator, cst.Or)
        return updated_node.left if first else updated_node.right

    def leave_UnaryOperation(
        self, original_node: cst.UnaryOperation, updated_node: cst.UnaryOperation
    ) -> cst.BaseExpression:
        """`not a`."""
        told = true(updated_node.expression) if isinstance(updated_node.operator, cst.Not) else None
        return updated_node if told is None else literal(not told)

    def leave_IfExp(self, original_node: cst.IfExp, updated_node: cst.IfExp) -> cst.BaseExpression:
        """`a if test else b`."""
        told = true(updated_node.test)
        return updated_node if told is None else (updated_node.body if told else updated_node.orelse)

    def leave_Comparison(
        self, original_node: cst.Comparison, updated_node: cst.Comparison
    ) -> cst.BaseExpression:
        """One comparison of literals; a call of a class is not None."""
        if len(updated_node.comparisons) != 1:
            return updated_node
        target = updated_node.comparisons[0]
        left, right = worth(updated_node.left), worth(target.comparator)
        kind = type(target.operator)
        if right is None and kind in (cst.Is, cst.IsNot) and true(updated_node.left) and left is UNTOLD:
            return literal(kind is cst.IsNot)
        if UNTOLD in (left, right) or kind not in COMPARE:
            return updated_node
        try:
            return literal(bool(COMPARE[kind](left, right)))
        except TypeError:
            return updated_node

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.BaseExpression:
        """An f-string of literals."""
        text = ""
        for part in updated_node.parts:
            if isinstance(part, cst.FormattedStringText):
                text += part.value.replace("{{", "{").replace("}}", "}")
                continue
            value = worth(part.expression) if isinstance(part, cst.FormattedStringExpression) else UNTOLD
            plain = isinstance(part, cst.FormattedStringExpression) and not (
                part.format_spec or part.conversion
            )
            if value is UNTOLD or not plain:
                return _requoted(updated_node)
            text += str(value)
        raw = "\\" in text or "r" in updated_node.start.lower()
        return updated_node if raw else literal(text)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """A field of a model, the key of a spec, the parts of a path or a key."""
        value, name = updated_node.value, updated_node.attr.value
        if not isinstance(value, cst.Call):
            return updated_node
        kind = dotted(value.func).rpartition(".")[2]
        given = {a.keyword.value: a.value for a in value.args if a.keyword}
        first = value.args[0].value if value.args and not value.args[0].keyword else None
        if kind in self._models or kind == "AssetSpec":
            if name == "key" and kind == "AssetSpec" and first is not None:
                return first
            return given.get(name, updated_node)
        if kind == "AssetKey" and name in ("path", "parts") and first is not None:
            return first
        if kind in ("Path", "PurePosixPath") and name in OF_PATHS and isinstance(worth(first), str):
            return literal(getattr(PurePosixPath(worth(first)), name))
        return updated_node

    def leave_Subscript(
        self, original_node: cst.Subscript, updated_node: cst.Subscript
    ) -> cst.BaseExpression:
        """An element of a literal."""
        index = updated_node.slice[0].slice if len(updated_node.slice) == 1 else None
        if not isinstance(index, cst.Index) or not isinstance(updated_node.value, cst.List | cst.Dict):
            return updated_node
        wanted = worth(index.value)
        if isinstance(updated_node.value, cst.List):
            elements = updated_node.value.elements
            inside = isinstance(wanted, int) and -len(elements) <= wanted < len(elements)
            return elements[wanted].value if inside else updated_node
        pairs = {worth(e.key): e.value for e in updated_node.value.elements if isinstance(e, cst.DictElement)}
        return pairs.get(wanted, updated_node) if wanted is not UNTOLD else updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """Methods of texts; `**{…}` of a literal as arguments."""
        args: list[cst.Arg] = []
        for arg in updated_node.args:
            spread = _spread(arg)
            args += [arg] if spread is None else spread
        updated_node = (
            updated_node.with_changes(args=args)
            if len(args) != len(updated_node.args)
            or any(a is not b for a, b in zip(args, updated_node.args, strict=False))
            else updated_node
        )
        func = updated_node.func
        target = worth(func.value) if isinstance(func, cst.Attribute) else UNTOLD
        given = [worth(a.value) for a in args]
        if not isinstance(func, cst.Attribute) or func.attr.value not in METHODS or UNTOLD in given:
            return updated_node
        if not isinstance(target, str) or any(a.keyword or a.star for a in args):
            return updated_node
        return literal(getattr(target, func.attr.value)(*given))


def _spread(arg: cst.Arg) -> list[cst.Arg] | None:
    """The arguments that `**` of a literal stands for."""
    if arg.star != "**" or not isinstance(arg.value, cst.Dict):
        return None
    pairs = [(worth(e.key), e.value) for e in arg.value.elements if isinstance(e, cst.DictElement)]
    if len(pairs) != len(arg.value.elements) or not all(
        isinstance(k, str) and k.isidentifier() for k, _ in pairs
    ):
        return None
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return [cst.Arg(v, cst.Name(k), equal=equal) for k, v in pairs]


def _requoted(updated: cst.FormattedString) -> cst.FormattedString:
    """An f-string without literals in braces; what stays in them takes the other kind of quotes."""
    quote = updated.quote
    if quote not in ("'", '"') or "r" in updated.start.lower():
        return updated
    other = "'" if quote == '"' else '"'
    return updated.with_changes(parts=[_swapped(part, quote, other) for part in updated.parts])


def _swapped(part: cst.BaseFormattedStringContent, quote: str, other: str) -> cst.BaseFormattedStringContent:
    if not isinstance(part, cst.FormattedStringExpression):
        return part
    value = worth(part.expression)
    plain = isinstance(value, str) and not set(value) & {"\\", "{", "}", "\n", quote}
    if plain and not (part.format_spec or part.conversion or part.equal):
        return cst.FormattedStringText(str(value))
    code = cst.Module([]).code_for_node(part.expression)
    if quote not in code:
        return part
    return part.with_changes(expression=cst.parse_expression(code.replace(quote, other)))
