"""Which modules of a target do not import, though their source does: asked in processes of their own.

A project's own libraries may be missing here: modules stand in for them (`foreign/target_imports`). What only
the surroundings lack (a variable, a file, a service) is no fault of the conversion and is not told.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.results import ConvertedPart
from shims.graph_check import LEFT_OUT, QUIET
from shims.handed import handed

FAULTS = (
    *("NotImplementedError", "ImportError", "ModuleNotFoundError", "SyntaxError", "IndentationError"),
    *("NameError", "TypeError", "AttributeError"),
)
"""Errors that speak of the code itself."""
SECONDS, SECONDS_IN_ALL = 30.0, 300.0

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """A tree of files, what must be installed for it, and what must not be asked for."""

    tree: Path
    needed: tuple[str, ...]
    gone: tuple[str, ...] = ()


def not_importing(target: Path, source: Path, part: ConvertedPart) -> Iterator[str]:
    """One line for each place of the target that keeps modules from being imported.

    Args:
        target: the folder of the whole target; its modules run there.
        source: the folder that was converted; a copy of it is asked, and only if something fails.
        part: the project whose modules are imported.
    """
    with tempfile.TemporaryDirectory(prefix="imports-") as folder:
        scratch = Path(folder)
        made = Side(target.resolve(), ("prefect", "pydantic"), ("dagster",))
        wrong = [a for a in _asked(made, part, list(part.modules), scratch) if a["error"] in FAULTS]
        wrong = [a for a in wrong if "StandIn" not in a["text"]]
        if not wrong:
            return
        shutil.copytree(source, scratch / "source", symlinks=True, ignore=LEFT_OUT)
        legacy = Side((scratch / "source").resolve(), ("dagster", "pydantic"))
        failed = {a["module"]: a for a in wrong}
        paths = [p for p, (name, _) in part.modules.items() if name in failed and (legacy.tree / p).is_file()]
        before = {a["module"]: a["error"] for a in _asked(legacy, part, paths, scratch)}
        yield from _told([a for a in wrong if before.get(a["module"], "") != a["error"]])


def _told(wrong: Iterable[Answer]) -> Iterator[str]:
    """Each cause once, with the number of modules it stops."""
    places: dict[str, list[str]] = {}
    for a in wrong:
        where = f"{a['file']}:{a['line']}" if a["file"] else a["module"]
        places.setdefault(f"{where}: {a['error']}: {a['text'][:300]}", []).append(a["module"])
    for text, modules in places.items():
        more = f" and {len(modules) - 1} more" if len(modules) > 1 else ""
        yield f"{modules[0]}{more} cannot be imported: {text}"


def _asked(side: Side, part: ConvertedPart, paths: Sequence[str], scratch: Path) -> list[Answer]:
    """What importing each module gave; nothing of those that the time did not suffice for."""
    named = {p: part.modules[p] for p in paths if _is_importable(part.modules[p][0])}
    if not named:
        return []
    every = [_root(path, *part.modules[path]) for path in part.modules]
    roots = [str(side.tree / root) for root in dict.fromkeys([part.base, *every])]
    own = {name.partition(".")[0] for name, _ in part.modules.values()}
    request: dict[str, Any] = {
        "tree": f"{side.tree}{os.sep}",
        "roots": [root for root in roots if Path(root).is_dir()],
        "modules": [name for name, _ in named.values()],
        "own": sorted(own | {"prefect_support"}),
        "needed": side.needed,
        "gone": [name for name in side.gone if name not in own],
        "seconds": SECONDS,
    }
    question, answers, home = scratch / "question.json", scratch / "answers.jsonl", scratch / "home"
    question.write_text(json.dumps(request), encoding="utf-8")
    answers.unlink(missing_ok=True)
    home.mkdir(exist_ok=True)
    env = {**os.environ, **QUIET, "PYTHONDONTWRITEBYTECODE": "1"}
    env |= {name: str(home) for name in ("HOME", "PREFECT_HOME", "DAGSTER_HOME")}
    line = [sys.executable, handed("target_imports", scratch), str(question), str(answers)]
    late = _run_to_end(line, side.tree / part.base, env)
    lines = answers.read_text(encoding="utf-8").splitlines() if answers.exists() else []
    told = [json.loads(line) for line in lines]
    if len(told) < len(named) and not late:
        name = request["modules"][len(told)]
        ended = {"module": name, "error": "ImportError", "text": "it ends the process", "file": "", "line": 0}
        return [*told, ended]
    return told


def _run_to_end(line: Sequence[str], folder: Path, env: Mapping[str, str]) -> bool:
    """Run it without anything to read; whether it was ended for taking too long."""
    try:
        subprocess.run(
            line, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_IN_ALL
        )
    except subprocess.TimeoutExpired:
        return True
    return False


def _is_importable(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _root(path: str, name: str, package: bool) -> str:
    """The folder from which a module's file is imported by its name."""
    depth = name.count(".") + (2 if package else 1)
    return str(PurePosixPath(*PurePosixPath(path).parts[:-depth]))
