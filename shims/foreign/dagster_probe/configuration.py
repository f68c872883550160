"""Configuration types and their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def config_of(name: str, op: Any, definition: Any) -> Iterator[tuple[str, Any]]:
    """("op.field", default) of an op's configuration, overlaid with what the job presets."""
    if not op.config_schema:
        return
    preset: Any = getattr(definition, "run_config", None) or {}
    for part in name.split("."):
        preset = (preset.get("ops") or preset.get("solids") or {}).get(part) or {}
    yield from fields(name, op.config_schema.as_field().config_type, preset.get("config") or {})


def fields(name: str, kind: Any, preset: Any) -> Iterator[tuple[str, Any]]:
    """Flatten a configuration type into ("path.field", default); required ones say so."""
    for field_name, field in (getattr(kind, "fields", None) or {}).items():
        inner = getattr(field.config_type, "fields", None)
        given = preset.get(field_name) if isinstance(preset, dict) else None
        if inner and hasattr(field.config_type, "fields") and not isinstance(given, str):
            below = given or (field.default_value if field.default_provided else {})
            yield from fields(f"{name}.{field_name}", field.config_type, below)
        elif given is not None:
            yield f"{name}.{field_name}", given
        elif field.default_provided:
            yield f"{name}.{field_name}", plain(field.default_value)
        else:
            yield f"{name}.{field_name}", "(required)" if field.is_required else None


def plain(value: Any) -> Any:
    """A default as JSON knows it."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return getattr(value, "name", value) if hasattr(value, "__members__") else value
    return getattr(value, "name", None) or str(value)
