"""The project under inspection: entered, and where its own code stops."""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SUPPORT = "prefect_support"  # the folder of a target that the converter wrote: not the user's own code
SKIPPED = {"__pycache__", ".git", ".venv", "venv", "node_modules", "target", "build", "dist", "tests"}


def answered(out: Path, root: Path, ask: Callable[[], dict[str, Any]], **about: Any) -> int:
    """Enter the project's folder and write what `ask` gives.

    Exit code 0; 2 when the user's code stops it: then `{"error": …}` says why.
    """
    os.chdir(root)
    sys.path.insert(0, str(root))
    try:
        told = ask()
    except BaseException as problem:  # whatever stops the user's code is the answer
        if isinstance(problem, KeyboardInterrupt):
            raise
        out.write_text(json.dumps({**about, "error": explain(problem, root)}), "utf-8")
        return 2
    out.write_text(json.dumps(told, default=str), "utf-8")
    return 0


def explain(problem: BaseException, root: Path) -> dict[str, Any]:
    """The last line of the traceback, and the deepest place of it that is the user's own code."""
    frames = traceback.extract_tb(problem.__traceback__)
    own = [f for f in frames if below(f.filename, root) and "site-packages" not in f.filename]
    own = [f for f in own if SUPPORT not in Path(f.filename).parts] or own
    file, line = (own[-1].filename, own[-1].lineno) if own else (None, None)
    if isinstance(problem, SyntaxError) and problem.filename:
        file, line = problem.filename, problem.lineno
    file = below(file, root) or file
    tail = traceback.format_exception(type(problem), problem, problem.__traceback__)[-12:]
    cause = f"{type(problem).__name__}: {problem}".strip()
    return {"cause": cause, "file": file, "line": line, "traceback": "".join(tail)}


def below(file: Any, root: Path) -> str:
    """A file's path from `root` on; empty when it does not lie there (`is_relative_to` is newer than 3.8)."""
    try:
        return Path(file or "").relative_to(root).as_posix() if file else ""
    except ValueError:
        return ""


def modules_of(package: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """(module name, file) of everything in a top-level package."""
    for file in sorted(package.rglob("*.py")):
        relative = file.relative_to(root)
        if not SKIPPED.intersection(relative.parts) and not any(p.startswith(".") for p in relative.parts):
            parts = relative.with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def loaded_below(root: Path) -> list[tuple[str, Path]]:
    """(module name, file) of the project's modules that are imported by now, installed ones left out."""
    found = {}
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or ".")
        inside = file.suffix == ".py" and root in file.parents and "site-packages" not in file.parts
        if inside and name != "__main__":
            found[name] = file
    return sorted(found.items())
