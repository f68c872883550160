"""The code of an asset on both sides: the function that makes it, or the SQL of a dbt model."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.files import walk
from validation.dashboard.reading.values import rows, text, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from migrate.config import Migration
    from validation.dashboard.source import Source

LONGEST = 400
"""Lines of a piece of code that are shown."""


@dataclass(frozen=True)
class Code:
    """A piece of a file. `title` says whose it is; `line` is the first line's number."""

    title: str
    file: str
    line: int
    text: str


def code_of(source: Source, migration: Migration, key: str, models: Mapping[str, Path]) -> list[Code]:
    """What makes an asset on either side; nothing when neither is found. `models`: see `dbt_files`."""
    name = key.rpartition("/")[2]
    if name in models:
        file = models[name]
        shown = _read(source, file)
        return [Code("dbt, run by both sides", _place(source, file), 1, shown)] if shown else []
    found = []
    for construct in _constructs(source, migration):
        if key not in (text(construct.get("key")), text(construct.get("name"))):
            continue
        pieces = (
            ("Dagster", migration.legacy.root, text(construct.get("file"))),
            ("Prefect", migration.target.root, text(construct.get("target"))),
        )
        for title, root, file_name in pieces:
            line = whole(construct.get("line")) if title == "Dagster" else 0
            piece = _piece(source, source.root / root / file_name, text(construct.get("name")), line)
            if file_name and piece:
                found.append(Code(title, _place(source, source.root / root / file_name), *piece))
        break
    return found


def _constructs(source: Source, migration: Migration) -> list[dict[str, object]]:
    record = source.json(source.root / migration.target.root / "conversion.json") or {}
    return rows(record.get("constructs"))


def dbt_files(source: Source) -> dict[str, Path]:
    """dbt model, seed or snapshot → its file, of every dbt project in the folder (its state left out)."""
    found: dict[str, Path] = {}
    for project in sorted(source.root.glob("*/dbt_project.yml")) + sorted(
        source.root.glob("dbt_project.yml")
    ):
        for file in walk(project.parent):
            if file.suffix in (".sql", ".csv") and {"models", "seeds", "snapshots"} & set(file.parts):
                found.setdefault(file.stem, file)
    return found


def _place(source: Source, file: Path) -> str:
    return file.relative_to(source.root).as_posix()


def _read(source: Source, file: Path) -> str:
    if not source.inside(file) or not file.is_file() or file.is_symlink():
        return ""
    with file.open(encoding="utf-8", errors="replace") as stream:
        lines = [line for _, line in zip(range(LONGEST), stream, strict=False)]
    return "".join(lines)


def _piece(source: Source, file: Path, name: str, line: int) -> tuple[int, str] | None:
    """(first line, text) of the definition of that name, the one at `line` if there are several."""
    if not source.inside(file) or not file.is_file() or file.is_symlink():
        return None
    code = file.read_text(encoding="utf-8", errors="replace")
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return None
    named = [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    named = [n for n in named if n.name == name]
    if not named:
        return None
    best = min(named, key=lambda n: abs(n.lineno - line) if line else 0)
    first = min([best.lineno, *(d.lineno for d in best.decorator_list)])
    lines = code.splitlines()[first - 1 : best.end_lineno]
    return first, "\n".join(lines[:LONGEST])
