"""`migration.toml` and `routing.toml`, of the models that validate them."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from migrate.config import Migration
from migrate.routing import RoutingFile

Section = tuple[str, type[BaseModel]]


def migration_page() -> str:
    """`docs/reference/migration-toml.md`."""
    start = [
        "# migration.toml, by its models",
        "",
        "Every section and key with its type and default, as the program validates them.",
        "What each is for: [migration.toml](../migration-toml.md).",
        "",
    ]
    return _page(start, "", Migration)


def routing_page() -> str:
    """`docs/reference/routing-toml.md`."""
    start = ["# routing.toml, by its model", "", "What the states mean: [routing](../routing.md).", ""]
    return _page(start, "", RoutingFile)


def _page(start: list[str], name: str, model: type[BaseModel]) -> str:
    parts = list(start)
    for path, section in _sections(name, model):
        title = f"`{path}`" if path else "Top level"
        parts += [f"## {title}", "", inspect.getdoc(section) or "", ""]
        parts += ["| key | type | default |", "|---|---|---|"]
        parts += [_row(field_name, field) for field_name, field in section.model_fields.items()] + [""]
    return "\n".join(parts).rstrip() + "\n"


def _sections(path: str, model: type[BaseModel]) -> Iterator[Section]:
    yield path, model
    for name, field in model.model_fields.items():
        for inner, many in _models(field.annotation):
            below = f"{path}.{field.alias or name}" if path else field.alias or name
            bare = below.replace("[", "").replace("]", "")
            form = {"": f"[{bare}]", "list": f"[[{bare}]]", "dict": f"[{bare}.NAME]"}[many]
            yield from _sections(form, inner)


def _models(annotation: Any) -> Iterator[tuple[type[BaseModel], str]]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _models(typing.get_args(annotation)[0])
    elif origin in (tuple, list):
        for inner, _ in _models(typing.get_args(annotation)[0]):
            yield inner, "list"
    elif origin is dict:
        for inner, _ in _models(typing.get_args(annotation)[1]):
            yield inner, "dict"
    elif origin in (typing.Union, types.UnionType):
        for option in typing.get_args(annotation):
            yield from _models(option)
    elif inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation, ""


def _row(name: str, field: FieldInfo) -> str:
    if field.is_required():
        default = "required"
    else:
        value = field.get_default(call_default_factory=True)
        empty = value in ("", (), {}, None) or isinstance(value, BaseModel) or value is PydanticUndefined
        default = "" if empty else f"`{value}`"
    return f"| `{field.alias or name}` | {type_name(field.annotation)} | {default} |"


def type_name(annotation: Any) -> str:
    """A type in words that a person who writes TOML understands."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return type_name(arguments[0])
    if origin is typing.Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin in (tuple, list):
        return f"list of {type_name(arguments[0])}"
    if origin is dict:
        return f"table of {type_name(arguments[1])}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(type_name(one) for one in arguments if one is not type(None))
    words = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "anything"}
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return "section"
    return words.get(annotation, getattr(annotation, "__name__", str(annotation)))
