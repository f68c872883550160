"""Absolute paths in code and configuration: both sides would read, or write, the very same file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shims.preflight.finding import Finding

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.preflight.sources import Source

ROOTS = "home|Users|root|opt|mnt|data|var|srv|media|Volumes|workspace|app|usr/local"
ABSOLUTE = re.compile(rf"(?<![\w.:/}}\])~-])(/(?:{ROOTS})/[\w.@%+/-]+|[A-Za-z]:\\[\w\\. -]+|~/[\w./-]+)")
SCRATCH = re.compile(r"(?<![\w.:/}~-])(/(?:tmp|var/tmp|dev/shm)(?:/[\w.@%+/{}-]+)?)")
DEFAULTED = re.compile(r"env_var\(\s*['\"](\w+)['\"]")
REMEDY = "Take it from an environment variable, and set that in [environment] with {work} or {side}."


def findings(migration: Migration, sources: list[Source]) -> Iterator[Finding]:
    """Absolute paths, and scratch paths that the two sides would share."""
    for source in sources:
        settled = _settled(source, migration)
        for line, text in source.strings():
            if (line, text) in settled or _from_environment(text, migration) or "://" in text:
                continue
            for path in ABSOLUTE.findall(text):
                yield _absolute(source, line, path, migration.root)
            for path in SCRATCH.findall(text):
                yield Finding(
                    "side-effect",
                    "problem",
                    f"the fixed scratch path {path} would be shared by both sides",
                    "Use tempfile, or TMPDIR: each side has a scratch folder of its own there.",
                    source.side,
                    source.name,
                    line,
                )


def _absolute(source: Source, line: int, path: str, root: Path) -> Finding:
    own = path.startswith(("~", str(Path.home()), str(root), "/home/", "/Users/"))
    missing = "" if Path(path).expanduser().exists() else ", and is not there"
    return Finding(
        "path",
        "problem" if own or missing else "warning",
        f"the absolute path {path} would be the same file for both sides{missing}",
        REMEDY,
        source.side,
        source.name,
        line,
    )


def _settled(source: Source, migration: Migration) -> set[tuple[int, str]]:
    """Defaults of `os.environ.get(NAME, default)` whose variable [environment] sets: never used."""
    found = set()
    for call, name in source.calls():
        values = [a.value for a in call.args if isinstance(a, ast.Constant)]
        if (
            name.endswith(("environ.get", "getenv"))
            and len(values) == 2
            and values[0] in migration.environment
        ):
            found.add((call.args[1].lineno, str(values[1])))
    return found


def _from_environment(text: str, migration: Migration) -> bool:
    """A line of SQL or YAML whose path is only the default of a variable that [environment] sets."""
    names = DEFAULTED.findall(text)
    return bool(names) and all(name in migration.environment for name in names)
