"""Asking a project's interpreter, or the answer that stands beside the last conversion.

The answer is kept as `loaded.json` in the target. As long as the source is what it was, a conversion reads
that file and loads nothing: the same source gives the same target, also where the project cannot be loaded.
"""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import ChangeoverError
from migrate.files import digest_tree
from migrate.loaded.answer import Answer

if TYPE_CHECKING:
    from migrate.model import Model

FILE = "loaded.json"
SCHEMA = 1


class Asking:
    """The answers for one tree. `python` is the interpreter to load it in, if one is named."""

    def __init__(self, root: Path, out: Path, python: str = "") -> None:
        self._root, self._python = root, python
        self._digest = digest_tree(root)
        self._kept = {} if python else self._read(out / FILE)
        self.parts: dict[str, dict[str, Any]] = {}

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        same = isinstance(content, dict) and content.get("source_sha256") == self._digest
        return content["parts"] if same and content.get("schema") == SCHEMA else {}

    def of(self, model: Model) -> Answer | None:
        """The answer for a project; None when nothing in it is deployed.

        Raises:
            SideError: it does not load.
        """
        base = model.project.part.base
        told = [where.file for where in model.project.part.locations]
        files = told or [model.project.file_of(c).path for c in model.definitions]
        files = [f for f in dict.fromkeys(files) if f in model.project.python]
        if not files:
            return None
        if base not in self._kept:
            self._kept[base] = together(_loader()(self._root, base, files, self._python))
        self.parts[base] = self._kept[base]
        return Answer(self._kept[base])

    def file(self) -> bytes:
        """The content of `loaded.json`."""
        content = {"schema": SCHEMA, "source_sha256": self._digest, "parts": self.parts}
        return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def together(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The answers of several code locations as one; a name that two of them have is that of the first."""
    first, *others = answers
    for other in others:
        shift = len(first["steps"])
        first["steps"] += other["steps"]
        for module, names in other["names"].items():
            for name, held in names.items():
                told = {"steps": [n + shift for n in held["steps"]]} if "steps" in held else held
                first["names"].setdefault(module, {}).setdefault(name, told)
        for part in ("jobs", "schedules", "sensors", "dbt"):
            first[part] = {**other[part], **first[part]}
    return first


def _loader() -> Any:
    """What starts a legacy interpreter: a higher room's, found as an entry point."""
    for point in entry_points(group="changeover.loaders", name="dagster"):
        return point.load()
    raise ChangeoverError(
        "nothing here can load a project: the entry point changeover.loaders is missing",
        remedy="Install changeover again.",
    )
