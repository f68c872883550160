"""Working out literals, texts, lists, dictionaries and comprehensions."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.data_files import ProjectPath, at
from migrate.reading.scope import Scope, Stop, bind
from migrate.reading.values import Called, Unknown
from migrate.reading.zones import zone_name

if TYPE_CHECKING:
    from migrate.reading.evaluation import Evaluator


def literal(reader: Evaluator, node: Any, scope: Scope) -> Any:
    """A plain literal."""
    return constant(node.value)


@lru_cache(maxsize=4096)
def constant(token: str) -> Any:
    """What the text of one literal says: a text, bytes or a number, none of which can change.

    `ast.literal_eval` would leave a cycle of functions behind, and nothing looks for cycles meanwhile.
    """
    body = ast.parse(token, mode="eval").body
    assert isinstance(body, ast.Constant)
    return body.value


def joined(reader: Evaluator, node: cst.ConcatenatedString, scope: Scope) -> Any:
    """Texts written side by side."""
    left, right = reader.of(node.left, scope), reader.of(node.right, scope)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        raise Stop("a part of the text is unknown")
    return left + right


def formatted(reader: Evaluator, node: cst.FormattedString, scope: Scope) -> Any:
    """An f-string whose parts are known."""
    parts: list[str] = []
    folder: ProjectPath | None = None
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            parts.append(part.value.replace("{{", "{").replace("}}", "}"))
            continue
        if not isinstance(part, cst.FormattedStringExpression):
            raise Stop("an f-string of another kind")
        value = reader.guarded(part.expression, scope)
        value = zone_name(value) or reader.said(value)
        if isinstance(value, ProjectPath) and not parts and folder is None:
            folder = value
            continue
        if not isinstance(value, str | int | float | bool):
            raise Stop("a part of the f-string is unknown")
        spec = "".join(p.value for p in part.format_spec or () if isinstance(p, cst.FormattedStringText))
        parts.append(format(value, spec))
    text = "".join(parts)
    if folder is None:
        return text
    if text[:1] != "/":
        raise Stop("a path that goes on within its last part")
    return at(folder.path / text.strip("/"))


def sequence(reader: Evaluator, node: cst.List | cst.Tuple | cst.Set, scope: Scope) -> Any:
    """A list, tuple or set display."""
    items: list[Any] = []
    for element in node.elements:
        value = reader.guarded(element.value, scope)
        if isinstance(element, cst.StarredElement):
            items.extend(_starred(value))
        else:
            items.append(value)
    return tuple(items) if isinstance(node, cst.Tuple) else items


def _starred(value: Any) -> Any:
    """What `*value` lays out; what a load of Dagster's hands over is laid out where it is used."""
    if isinstance(value, list | tuple | range | dict):
        return value
    dagster = isinstance(value, Called) and value.name.startswith("dagster")
    return [value if dagster else Unknown("a starred part")]


def mapping(reader: Evaluator, node: cst.Dict, scope: Scope) -> Any:
    """A dictionary display."""
    found: dict[Any, Any] = {}
    for element in node.elements:
        value = reader.guarded(element.value, scope)
        if isinstance(element, cst.StarredDictElement):
            if not isinstance(value, dict):
                raise Stop("a starred part of a dictionary is unknown")
            found.update(value)
        elif isinstance(element, cst.DictElement):
            found[reader.guarded(element.key, scope)] = value
    return found


def comprehension(
    reader: Evaluator, node: cst.ListComp | cst.SetComp | cst.GeneratorExp, scope: Scope
) -> Any:
    """A list or set comprehension, or a generator."""
    return [reader.guarded(node.elt, inner) for inner in _loops(reader, node.for_in, scope)]


def dict_comprehension(reader: Evaluator, node: cst.DictComp, scope: Scope) -> Any:
    """A dictionary comprehension."""
    return {
        reader.guarded(node.key, inner): reader.guarded(node.value, inner)
        for inner in _loops(reader, node.for_in, scope)
    }


def _loops(reader: Evaluator, loop: cst.CompFor, scope: Scope) -> list[Scope]:
    items = reader.guarded(loop.iter, scope)
    if isinstance(items, Unknown) or not isinstance(items, list | tuple | range | dict | str | set):
        raise Stop("the items of a loop are unknown")
    found = []
    for item in items:
        inner = Scope(scope.module, {**scope.local, **bind(loop.target, item)})
        if all(reader.guarded(test.test, inner) is True for test in loop.ifs):
            found += _loops(reader, loop.inner_for_in, inner) if loop.inner_for_in else [inner]
    return found
