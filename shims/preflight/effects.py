"""What the code writes outside of what a side has for itself, as far as its text shows it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shims.preflight.finding import Finding

if TYPE_CHECKING:
    from shims.preflight.sources import Source

COPY_TO = re.compile(
    r"\bCOPY\b.+?\bTO\s+'([^'{]+)'|\bEXPORT\s+DATABASE\s+'([^'{]+)'|\bATTACH\s+(?:DATABASE\s+)?(?:IF\s+NOT\s+EXISTS\s+)?'([^'{]+)'",
    re.I | re.S,
)
WRITERS = (
    "write_text",
    "write_bytes",
    "to_csv",
    "to_parquet",
    "to_json",
    "to_excel",
    "to_pickle",
    "touch",
    "mkdir",
)
FOUND_ELSEWHERE = ("/tmp", "/var/tmp", ":memory:", "md:")  # noqa: S108 - named here, not used
REMEDY = "Let it write below a folder from the environment, set to {side} in [environment]."


def findings(sources: list[Source]) -> Iterator[Finding]:
    """Files written at fixed places, and source files written."""
    for source in sources:
        for line, text in source.strings():
            for places in COPY_TO.findall(text):
                place = next(p for p in places if p)
                if not place.startswith(FOUND_ELSEWHERE) and "://" not in place:
                    yield _finding(source, line, f"SQL writes, or opens for writing, the fixed place {place}")
        for call, name in source.calls():
            place = _written(call, name)
            if place is not None:
                yield _finding(source, call.lineno, f"{name}(…) writes {place}")


def _written(call: ast.Call, name: str) -> str | None:
    """Where a call writes, in words; None for one that does not, or not at a place one can read."""
    writes: bool
    if name == "open" or name.endswith("Path.open"):
        mode = next((k.value for k in call.keywords if k.arg == "mode"), None)
        place = 1 if name == "open" else 0
        mode = mode or (call.args[place] if len(call.args) > place else None)
        writes = isinstance(mode, ast.Constant) and bool(set(str(mode.value)) & set("wax+"))
        target: ast.expr | None = call.args[0] if name == "open" and call.args else call.func
    else:
        writes = name.rpartition(".")[2] in WRITERS
        dataframe = name.rpartition(".")[2].startswith("to_")
        target = (call.args[0] if call.args else None) if dataframe else call.func
    if not writes or target is None:
        return None
    if any(isinstance(n, ast.Name) and n.id == "__file__" for n in ast.walk(target)):
        return "beside its own source (__file__)"
    texts = [n.value for n in ast.walk(target) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    fixed = [t for t in texts if "/" in t or "." in t]
    names = [
        n for n in ast.walk(target) if isinstance(n, ast.Name) and n.id not in ("Path", "pathlib", "open")
    ]
    if len(fixed) == 1 and not names and not fixed[0].startswith(FOUND_ELSEWHERE):
        return (
            f"the fixed place {fixed[0]}"
            if Path(fixed[0]).is_absolute()
            else f"{fixed[0]} in its working folder"
        )
    return None


def _finding(source: Source, line: int, cause: str) -> Finding:
    return Finding("side-effect", "warning", cause, REMEDY, source.side, source.name, line)
