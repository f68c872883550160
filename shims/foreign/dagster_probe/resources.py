"""Resources: the values they are configured with, and the fields of their classes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..project import below
from .configuration import fields, plain

if TYPE_CHECKING:
    from collections.abc import Iterator


def resource_values(repository: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → value) of configured resources, environment variables read."""
    for key, definition in repository.get_top_level_resources().items():
        if not definition.config_schema:
            continue
        field = definition.config_schema.as_field()
        given = field.default_value if field.default_provided else {}
        found = dict(fields(key, field.config_type, given if isinstance(given, dict) else {}))
        yield key, {name[len(key) + 1 :]: from_environment(value) for name, value in found.items()}


def resource_fields(repository: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → default) of the project's own classes of resources."""
    root = Path.cwd()
    for key, definition in repository.get_top_level_resources().items():
        made = class_of(definition)
        file = getattr(sys.modules.get(getattr(made, "__module__", "")), "__file__", None)
        if made is None or not below(file, root):
            continue
        fields_of = getattr(made, "model_fields", None) or getattr(made, "__fields__", {})
        yield key, {name: default_of(field) for name, field in fields_of.items()}


def class_of(definition: Any) -> Any:
    """The class of a configurable resource; before 1.9 its definition wraps an object of it."""
    inner = getattr(definition, "wrapped_resource", None) or definition
    made = getattr(inner, "configurable_resource_cls", None)
    return made or (type(inner) if hasattr(type(inner), "model_fields") else None)


def default_of(field: Any) -> Any:
    """A field's default, of either generation of pydantic."""
    required = getattr(field, "is_required", None)
    if required() if callable(required) else getattr(field, "required", False):
        return "(required)"
    return plain(getattr(field, "default", None))


def from_environment(value: Any) -> Any:
    """What `EnvVar` stands for, in the environment of this process."""
    name = value.get("env") if isinstance(value, dict) and len(value) == 1 else None
    return os.environ.get(name) if isinstance(name, str) else value
