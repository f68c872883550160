"""Values as JSON knows them."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> Any:
    """A default as JSON knows it; an enumeration's member by its name, as Dagster spells it."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(type(value), "model_fields"):  # Dagster tells an object within a resource by its fields
        return plain(value.model_dump())
    if hasattr(type(value), "__members__"):
        return value.name
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
