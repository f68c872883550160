"""Resources: the values they are configured with, and the fields of their classes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

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
    """A field's default, of either generation of pydantic; Dagster leaves out what may be None."""
    required = getattr(field, "is_required", None)
    if not (required() if callable(required) else getattr(field, "required", False)):
        return set_in_environment(getattr(field, "default", None))
    kinds = get_args(getattr(field, "annotation", None))
    return None if len(kinds) == 2 and type(None) in kinds else "(required)"


def set_in_environment(value: Any) -> Any:
    """A default, or what its variable is set to: an EnvVar is a text or number that is its name."""
    number = type(value).__name__ == "IntEnvVar"
    name = value.name if number else getattr(value, "env_var_name", None)
    return os.environ.get(name) if name else plain(value)


def from_environment(value: Any) -> Any:
    """What `EnvVar` stands for, in the environment of this process."""
    name = value.get("env") if isinstance(value, dict) and len(value) == 1 else None
    return os.environ.get(name) if isinstance(name, str) else value
