"""`orders.key`: the key that the asset function makes, as text; and keys that are asked for their parts."""

from __future__ import annotations

from typing import cast

import libcst as cst

from migrate.reading.key_parts import ASKED
from migrate.reading.names import Internal, dotted
from migrate.reading.values import Decorated
from migrate.reading.walking import look
from migrate.rewriting.dynamic_helpers import item_value
from migrate.rewriting.layout import quoted
from migrate.rewriting.plain_values import unwrapped
from migrate.rewriting.work import Work, expression

SCHEME = "asset://"
PARTS = ("path", "parts")
METHODS = ("to_user_string", "to_python_identifier")
PREFIXES = ("with_prefix", "has_prefix")


def key_of_asset(work: Work, node: cst.Attribute) -> cst.BaseExpression | None:
    """The only key of an asset whose `key` is asked for; None for any other attribute."""
    if node.attr.value != "key" or not dotted(node.value):
        return None
    found = work.internal(node.value)
    if not isinstance(found, Internal) or found.rest:
        return None
    value = work.model.project.evaluator.of_module(found.module, found.name)
    unit = work.model.units.get(value.identity) if isinstance(value, Decorated) else None
    if unit is None or unit.does != "asset" or len(unit.keys) != 1:
        return None
    return cst.SimpleString(quoted(f"asset://{unit.keys[0]}"))


def plain_value(work: Work, original: cst.Attribute, updated: cst.Attribute) -> cst.BaseExpression | None:
    """What an attribute of a key, an asset or a wrapped value is worth, where the value is a plain one."""
    return (
        key_of_asset(work, original)
        or asked_of_key(work, original, updated)
        or unwrapped(work, original, updated)
        or item_value(work, original, updated)
    )


def asked_of_key(
    work: Work, original: cst.Attribute | cst.Call, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """`AssetKey("a").path`, `orders.key.to_user_string()`: worked out where the key is a text by now."""
    func = updated.func if isinstance(updated, cst.Call) else updated
    if not isinstance(func, cst.Attribute) or (isinstance(updated, cst.Call) and updated.args):
        return None
    was = original.func if isinstance(original, cst.Call) else original
    name, key = func.attr.value, func.value
    if not isinstance(was, cst.Attribute) or name not in (METHODS if func is not updated else PARTS):
        return None
    if isinstance(was.value, cst.SimpleString | cst.FormattedString):
        return None
    return _worked_out(work, key, name)


def _worked_out(work: Work, key: cst.BaseExpression, name: str) -> cst.BaseExpression | None:
    """What a key that is a text answers."""
    if isinstance(key, cst.SimpleString) and str(key.evaluated_value).startswith(SCHEME):
        path = str(key.evaluated_value).removeprefix(SCHEME).split("/")
        if name in PARTS:
            return expression(f"[{', '.join(map(quoted, path))}]")
        tidy = "__".join(path).replace("-", "_").replace(".", "_")
        return cst.SimpleString(quoted("/".join(path) if name == "to_user_string" else tidy))
    start = f'f"{SCHEME}'
    if not isinstance(key, cst.FormattedString) or not work.text(key).startswith(start):
        return None
    joined = 'f"' + work.text(key).removeprefix(start)
    if name == "to_user_string":
        return expression(joined)
    if name in PARTS:
        return expression(f'{joined}.split("/")')
    made = work.need("prefect_support.io", "AssetPath")
    return expression(f'{made}({joined}.split("/")).{name}()')


def with_parts(work: Work, updated: cst.Attribute) -> cst.Attribute:
    """`"asset://raw/orders".with_prefix(…)`: the text becomes a key that knows its parts."""
    told = isinstance(updated.value, cst.SimpleString | cst.FormattedString)
    if updated.attr.value not in PREFIXES or not told:
        return updated
    text = work.text(updated.value)
    if not text.lstrip("f").startswith('"asset://'):
        return updated
    return updated.with_changes(value=expression(_key(work, text)))


def told_apart(work: Work, original: cst.BaseExpression, text: str) -> str:
    """The text of a key; of one that is kept where the file asks for parts, a key that knows them."""
    if "kept keys" not in work.remembered:
        asking = _Asking()
        look(work.file.tree, asking)
        work.remembered["kept keys"] = asking
    asking = cast(_Asking, work.remembered["kept keys"])
    return _key(work, text) if asking.found and id(original) not in asking.handed else text


def _key(work: Work, text: str) -> str:
    return f"{work.need('prefect_support.asset_key', 'Key')}({text})"


class _Asking(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False
        self.handed = set[int]()

    def visit_Arg(self, node: cst.Arg) -> None:
        """LibCST calls this on the way in."""
        self.handed.add(id(node.value))

    def visit_Comparison(self, node: cst.Comparison) -> None:
        """LibCST calls this on the way in."""
        self.handed.add(id(node.left))

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.found |= node.attr.value in ASKED and isinstance(node.value, cst.Name | cst.Call)
