"""YAML of dbt and Dagster, where the reader is installed; without it a file says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping a file holds; empty when there is none, or no PyYAML (the base install)."""
    try:
        import yaml
    except ModuleNotFoundError:
        return {}
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, OSError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings of a list; nothing when it is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
