"""Which modules of a project may lead to a call of dbt, told from their text alone; no other is walked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrate.reading.source import module_name

if TYPE_CHECKING:
    from migrate.reading.project import Project

CALLS = re.compile(rb"\.cli\(|\bdbtRunner\b")
SPAWNS = re.compile(rb"\bsubprocess\b|\bos\.system\b")
IMPORTS = re.compile(
    rb"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([^)]*\)|[^\n]*)|^[ \t]*from[ \t]+[\w.]+", re.M
)
WORD = re.compile(rb"\w+")


def leading(project: Project) -> frozenset[str]:
    """Modules that call dbt, and those that import them, by any number of steps."""
    imports: dict[str, set[bytes]] = {}
    found: set[str] = set()
    for source in project.files:
        if not source.path.endswith(".py") or source.role == "skip":
            continue
        text = (project.root / source.path).read_bytes()
        module = module_name(project.root, source.path)[0]
        if CALLS.search(text) or (b"dbt" in text and SPAWNS.search(text)):
            found.add(module)
        imports[module] = {word for line in IMPORTS.findall(text) for word in WORD.findall(line)}
    waiting = set(found)
    while waiting:
        names = {module.rpartition(".")[2].encode() for module in waiting}
        waiting = {m for m, words in imports.items() if m not in found and names & words}
        found |= waiting
    return frozenset(found)
