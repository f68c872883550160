"""On which line of the target a name is defined."""

from __future__ import annotations

import re
from collections.abc import Mapping

DEFINED = re.compile(
    r"^([ \t]*)(?:(?:async +)?def +(\w+)|class +(\w+)|(\w+)(?: *:[^=\n]*)? = )", re.MULTILINE
)


class TargetLines:
    """The definitions of each file of a target, looked for when they are asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._found: dict[str, dict[str, int]] = {}

    def of(self, path: str, *names: str) -> int:
        """The 1-based line that defines the first of the names that the file defines; 0 when none is."""
        if path not in self._files:
            return 0
        if path not in self._found:
            self._found[path] = definitions(self._files[path].decode("utf-8", "replace"))
        return next((self._found[path][name] for name in names if name in self._found[path]), 0)


def definitions(code: str) -> dict[str, int]:
    """Name → line: `def`, `class` or an assignment, those at the top before those within."""
    found: dict[str, tuple[int, int]] = {}
    line, end = 1, 0
    for match in DEFINED.finditer(code):
        line, end = line + code.count("\n", end, match.start()), match.start()
        name = match[2] or match[3] or match[4]
        found[name] = min(found.get(name, (len(match[1]), line)), (len(match[1]), line))
    return {name: number for name, (_, number) in found.items()}
