"""What pyproject.toml says of a project: its name, the module Dagster loads, the width of its lines."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any


def tool_settings(root: Path) -> dict[str, Any]:
    """The content of pyproject.toml, empty when there is none that can be read."""
    try:
        return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def defs_folder(root: Path) -> str:
    """The package of definitions that dg loads by itself, or the empty string."""
    dg = tool_settings(root).get("tool", {}).get("dg", {}).get("project", {})
    package = dg.get("root_module", "")
    return str(dg.get("defs_module") or (package and f"{package}.defs") or "")


def packages_told(root: Path) -> frozenset[str]:
    """The top-level packages that the settings name for Dagster to load."""
    tool = tool_settings(root).get("tool", {})
    loaded, project = tool.get("dagster", {}).get("module_name"), tool.get("dg", {}).get("project", {})
    named = (loaded, project.get("root_module"), project.get("code_location_target_module"))
    return frozenset(str(name).split(".")[0] for name in named if name)


def project_name(root: Path) -> str:
    """The project's name, fit for a work pool."""
    name = str(tool_settings(root).get("project", {}).get("name") or root.resolve().name)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)


def line_length(root: Path) -> int:
    """The width the project's formatter allows, in columns; 88 when it does not say."""
    return _line_length(root / "pyproject.toml")


def _line_length(file: Path, depth: int = 3) -> int:
    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        return 88
    found = tool.get("ruff", {}).get("line-length") or tool.get("black", {}).get("line-length")
    parent = tool.get("ruff", {}).get("extend")
    if not found and parent and depth:
        return _line_length(file.parent / parent, depth - 1)
    return found if isinstance(found, int) else 88
