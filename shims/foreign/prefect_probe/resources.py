"""What a flow builds its resources with."""

from __future__ import annotations

import contextlib
import inspect
from typing import TYPE_CHECKING, Any

from .values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator


def resources(modules: dict[str, Any]) -> dict[str, Any]:
    """What a flow's body can build: plain functions without a parameter that must be given, by name."""
    found = {}
    for module_name, module in modules.items():
        for name, value in vars(module).items():
            if not name.startswith("_") and inspect.isfunction(value) and value.__module__ == module_name:
                given = inspect.signature(value).parameters.values()
                if all(p.default is not p.empty or p.kind is p.VAR_KEYWORD for p in given):
                    found[name] = value
                    found.setdefault(name.removesuffix("_resource"), value)  # its key is an import's name
    return found


def resource_values(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → value) of the functions that say they return a pydantic model."""
    for name, build in sorted(found.items()):
        try:
            model = inspect.signature(build, eval_str=True).return_annotation
            built = build() if hasattr(model, "model_fields") else None
        except Exception:  # a missing variable stops a run, and is not what is asked here
            built = None
        if built is not None:
            yield name, {field: plain(getattr(built, field)) for field in model.model_fields}


def resource_fields(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → default) of the functions that say which pydantic model they return."""
    for name, build in sorted(found.items()):
        model: Any = None
        with contextlib.suppress(Exception):  # an annotation that cannot be looked up
            model = inspect.signature(build, eval_str=True).return_annotation
        if hasattr(model, "model_fields"):
            yield name, {field: _default(info) for field, info in model.model_fields.items()}


def _default(info: Any) -> Any:
    """A field's default; None where it is a variable that is not set."""
    if info.is_required():
        return "(required)"
    try:
        return plain(info.get_default(call_default_factory=True))
    except KeyError:
        return None
