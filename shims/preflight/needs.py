"""Programs that the code starts and packages that it imports: are they there for its side?"""

from __future__ import annotations

import ast
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shims.preflight.finding import Finding

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.preflight.sources import Source
    from shims.run_plan import SidePlan

STARTERS = (
    "subprocess.run",
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
)
SHELLS = ("os.system", "os.popen")
ORCHESTRATOR = {"dagster": "dagster", "prefect": "prefect"}


def executables(
    migration: Migration, sources: list[Source], sides: tuple[SidePlan, ...]
) -> Iterator[Finding]:
    """Programs named in the code and in [prepare] that the side's PATH does not hold."""
    for side in sides:
        path = side.environment["PATH"]
        for command in side.prepare:
            if not _there(command[0], side, path):
                cause = f"prepare.commands starts {command[0]}, which is not there"
                remedy = "Install it for this side, or start it through {python} -m …"
                yield Finding("executable", "problem", cause, remedy, side.name, migration.file.name)
        for source in sources:
            if source.side == side.name:
                yield from _started(source, side, path)


def _started(source: Source, side: SidePlan, path: str) -> Iterator[Finding]:
    for call, name in source.calls():
        word = _first_word(call) if name in (*STARTERS, *SHELLS) else ""
        if word and not _there(word, side, path):
            yield Finding(
                "executable",
                "problem",
                f"{name} starts {word}, which is not there for the {side.name} side",
                "Name the program alone: the folder of the side's own interpreter is first on its PATH.",
                source.side,
                source.name,
                call.lineno,
            )


def _first_word(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    if isinstance(first, (ast.List, ast.Tuple)) and first.elts:
        first = first.elts[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.split():
        return first.value.split()[0]
    return ""


def _there(word: str, side: SidePlan, path: str) -> bool:
    if os.sep not in word:
        return shutil.which(word, path=path) is not None
    # A relative path is looked up in the side's copy, which holds no virtual environment.
    return os.access(word, os.X_OK) if Path(word).is_absolute() else False


def imported(sources: list[Source], side: str) -> dict[str, tuple[Source, int]]:
    """Top-level package -> where it is first imported; guarded, local and standard ones are left out."""
    mine = [s for s in sources if s.side == side and s.tree is not None]
    local = {part for s in mine for part in Path(s.name).with_suffix("").parts}
    found: dict[str, tuple[Source, int]] = {}
    for source in mine:
        for name, line in _imports(source):
            if name not in local and name not in sys.stdlib_module_names:
                found.setdefault(name, (source, line))
    return found


def _imports(source: Source) -> Iterator[tuple[str, int]]:
    """Top-level names that a file imports, but not those in a `try` (what is not there is then expected)."""
    nodes = list(ast.walk(source.tree)) if source.tree else []
    guarded = {id(inner) for node in nodes if isinstance(node, ast.Try) for inner in ast.walk(node)}
    for node in nodes:
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node.lineno


def packages(
    sources: list[Source], sides: tuple[SidePlan, ...], asked: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Packages that a side's code imports and its interpreter lacks."""
    for side in sides:
        told = asked.get(side.name)
        if told is None:
            continue
        missing = set(told["missing"])
        for name, (source, line) in sorted(imported(sources, side.name).items()):
            if name in missing:
                yield Finding(
                    "package",
                    "problem",
                    f"the {side.name} side's interpreter has no package {name}",
                    f"Install it there: {side.python} -m pip install …",
                    side.name,
                    source.name,
                    line,
                )
        if ORCHESTRATOR[side.name] not in told["versions"]:
            cause = f"{ORCHESTRATOR[side.name]} is not installed for {side.python}"
            remedy = f"Let {'legacy' if side.name == 'dagster' else 'target'}.python name its environment."
            yield Finding("package", "problem", cause, remedy, side.name)
