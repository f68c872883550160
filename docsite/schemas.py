"""The JSON files that one room writes and others read, of their published schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import migrate
import shims
import validation

ROOMS = (migrate, shims, validation)


def files() -> list[Path]:
    """All schemas, by name."""
    found = [f for room in ROOMS for f in Path(room.__path__[0], "schemas").glob("*.schema.json")]
    return sorted(found, key=lambda file: file.name)


def page() -> str:
    """`docs/reference/schemas.md`."""
    parts = ["# JSON schemas", "", "Fields may be added to a file; none changes its meaning.", ""]
    for file in files():
        schema = json.loads(file.read_text(encoding="utf-8"))
        name = file.name.removesuffix(".schema.json")
        parts += [
            f"## {name}.json",
            "",
            f"{schema.get('title', name)}. {schema.get('description', '')}".strip(),
        ]
        parts += ["", f"The schema itself: [{file.name}](schemas/{file.name})", ""]
        parts += ["| field | type | |", "|---|---|---|", *_fields(schema, ""), ""]
    return "\n".join(parts).rstrip() + "\n"


def _fields(schema: dict[str, Any], path: str, depth: int = 0) -> list[str]:
    rows = []
    for name, field in schema.get("properties", {}).items():
        needed = "required" if name in schema.get("required", []) else ""
        text = " ".join(str(field.get("description", "")).split()).replace("|", "\\|")
        rows.append(f"| `{path}{name}` | {_kind(field)} | {'. '.join(p for p in (needed, text) if p)} |")
        if depth < 1:
            inner = field.get("items") if field.get("type") == "array" else field
            mark = "[]." if field.get("type") == "array" else "."
            rows += _fields(inner or {}, f"{path}{name}{mark}", depth + 1)
    return rows


def _kind(field: dict[str, Any]) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " or ".join(f"`{value}`" for value in field["enum"])
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    kind = field.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
