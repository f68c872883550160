"""Asset keys as Prefect spells them: `asset://` and the path joined by slashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.factories.binding import spoken
from migrate.reading.local_names import local_names
from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.rewriting.layout import quoted

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.units import Unit
    from migrate.rewriting.work import Frame, Work


def literal(key: str) -> str:
    """The Python literal of a known key."""
    return quoted(f"asset://{key}")


def from_expression(work: Work, node: cst.BaseExpression, prefix: str = "") -> str:
    """The spelling of a key whose name is only known when a factory is called."""
    start = "asset://" + (f"{prefix}/" if prefix else "")
    if isinstance(node, cst.SimpleString):
        return quoted(start + str(node.evaluated_value))
    if isinstance(node, cst.FormattedString) and node.prefix in ("f", "F"):
        return f"f{node.quote}{start}{work.text(node)[len(node.start) :]}"
    if isinstance(node, cst.List | cst.Tuple):
        if any(isinstance(e, cst.StarredElement) for e in node.elements):
            return f'"{start}" + "/".join({work.text(node)})'
        parts = [e.value for e in node.elements]
        if all(isinstance(p, cst.SimpleString) for p in parts):
            return quoted(start + "/".join(str(p.evaluated_value) for p in parts))  # type: ignore[attr-defined]
        joined = "/".join(_inside(work, p) for p in parts)
        return f'f"{start}{joined}"'
    return f'f"{start}{{{_quotable(work, node)}}}"'


def any_key(work: Work, node: cst.BaseExpression | None) -> str:
    """The spelling of a key that an expression gives when the code runs, as text or as a path."""
    assert node is not None
    text = work.text(node)
    if text.startswith(('"asset://', "'asset://")):
        return text
    return f"str({work.need('prefect_support.io', 'path_of')}({text}))"


def _inside(work: Work, node: cst.BaseExpression) -> str:
    if isinstance(node, cst.SimpleString):
        return str(node.evaluated_value)
    return f"{{{_quotable(work, node)}}}"


def _quotable(work: Work, node: cst.BaseExpression) -> str:
    """The text of an expression within double quotes: before Python 3.12 it must not hold them itself."""
    text = work.text(node)
    return text.replace('"', "'") if "'" not in text and "\\" not in text else text


def name_node(construct: Construct) -> cst.BaseExpression | None:
    """The expression that names an asset made by a factory."""
    return construct.argument("key") or construct.argument("name")


def changing_prefix(model: Model, construct: Construct) -> cst.BaseExpression | None:
    """The expression of a prefix that is one text in each call of a factory, another in every one."""
    node, name = construct.argument("key_prefix"), construct.argument("name")
    scopes = [unit.scope for unit in model.units.values() if unit.construct is construct]
    told = [model.project.value(construct, "key_prefix", None, scope) for scope in scopes]
    plain = isinstance(name, cst.Name | cst.Attribute) and isinstance(node, cst.Name | cst.Attribute)
    texts = all(isinstance(value, str) and value for value in told)
    return node if plain and texts and len(set(told)) > 1 else None


def changing_group(model: Model, construct: Construct) -> cst.BaseExpression | None:
    """The expression of a group that is a text in each call of a factory, another in one than in another."""
    node = construct.argument("group_name") if construct.within else None
    if node is None:
        return None
    scopes = [unit.scope for unit in model.units.values() if unit.construct is construct]
    told = [model.project.value(construct, "group_name", None, scope) for scope in scopes]
    texts = all(isinstance(value, str) and value for value in told)
    return node if texts and len(set(told)) > 1 else None


def own_key(work: Work, frame: Frame, key: str) -> str:
    """The key of the task itself, spelled so that it holds for every call of a factory."""
    construct = frame.construct
    if construct is None or not construct.within:
        return literal(key)
    node = name_node(construct)
    if node is None:
        return literal(key)
    if isinstance(node, cst.Call) and node.args:
        return from_expression(work, node.args[0].value)
    changing = changing_prefix(work.model, construct)
    if changing is not None:
        return from_expression(work, node, f"{{{_quotable(work, changing)}}}")
    given = work.model.project.value(construct, "key_prefix", None, frame.unit.scope if frame.unit else {})
    parts = [given] if isinstance(given, str) else list(given or ())
    return from_expression(work, node, "/".join(str(part) for part in parts))


def key_in_a_factory(work: Work, construct: Construct) -> str:
    """The parts of a factory's asset as a list, an expression of the factory's arguments.

    Empty when the body means something else by these names, or a call's key would be another.
    """
    node, function = name_node(construct), construct.node
    if isinstance(node, cst.Call) and dotted(node.func).rpartition(".")[2] == "AssetKey" and node.args:
        node = node.args[0].value
    if node is None or not isinstance(function, cst.FunctionDef):
        return ""
    if set(spoken(node)) & set(local_names(function, construct.module, False)):
        return ""
    texts = {_parts(work, unit, node) for unit in work.model.units.values() if unit.construct is construct}
    return texts.pop() if len(texts) == 1 else ""


def _parts(work: Work, unit: Unit, node: cst.BaseExpression) -> str:
    """The parts of one call's key, spelled as they hold for it."""
    read = work.model.project
    given = read.value(unit.construct, "key_prefix", None, unit.scope)
    prefix = [given] if isinstance(given, str) else given or []
    own = read.evaluator.value(node, Scope(unit.construct.module, unit.scope))
    plain = isinstance(own, str) and "/" not in own
    parts = [*prefix, *([own] if plain else own)] if plain or isinstance(own, list) else []
    if len(unit.keys) != 1 or "/".join(map(str, parts)) != unit.keys[0]:
        return ""
    first = "".join(f"{quoted(part)}, " for part in prefix)
    if plain:
        return f"[{first}{work.text(node)}]"
    return f"[{first}*{work.text(node)}]" if prefix else work.text(node)
