"""What a project's own interpreter says of its loaded definitions: `migrate convert --loaded`.

The project is copied and its definitions are loaded there; nothing of them is executed. Where a
migration.toml speaks of the project, its interpreter, environment and `[prepare]` commands are used, as
`migrate verify` does; else the interpreter that is given, or ours.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from migrate import config
from migrate.errors import SideError
from shims.corpus import imported
from shims.graph_check import dump_of
from shims.handed import handed
from shims.run_plan import dagster_plan, interpreter
from shims.verify import does_not_load, prepared, run_to_end

if TYPE_CHECKING:
    from migrate.config import Migration

PROGRAM = "dagster_loaded"
REMEDY = (
    "It must load in the interpreter that --legacy-python names (or [legacy] of migration.toml), with its "
    "packages, files and variables; convert without --loaded otherwise."
)


def load(root: Path, base: str, files: Sequence[str], python: str = "") -> list[dict[str, Any]]:
    """Load the definitions of one project of a tree.

    Args:
        root: the tree.
        base: the project's folder in it.
        files: the file of each of its code locations, relative to `root`.
        python: the interpreter to load it in; that of migration.toml, or ours, when it is empty.

    Returns: for each code location what `shims/foreign/dagster_loaded` tells.

    Raises:
        SideError: the interpreter cannot be started, or something does not load there; says what and where.
    """
    migration = None if python else migration_of(root / base)
    with tempfile.TemporaryDirectory(prefix="loaded-") as folder:
        if migration is not None:
            return [from_tree(_as_prepared(migration, Path(folder)), PurePosixPath(base))]
        return [
            _as_it_is(root, base, file, python, Path(folder, str(number)))
            for number, file in enumerate(files)
        ]


def migration_of(project: Path) -> Migration | None:
    """The migration.toml whose legacy is this project: here, in the project, or beside it."""
    for folder in dict.fromkeys((Path.cwd(), project.resolve(), project.resolve().parent)):
        if (folder / config.FILE_NAME).is_file():
            found = config.load(folder)
            if (found.root / found.legacy.root).resolve() == project.resolve():
                return found
    return None


def _as_prepared(migration: Migration, folder: Path) -> dict[str, Any]:
    """In the folders, environment and interpreter of migration.toml, after its `[prepare]` commands."""
    plan = dagster_plan(migration, "loaded", folder, ())
    prepared(migration, plan)
    out, legacy = folder / "loaded.json", migration.legacy
    line = [plan.python, handed(PROGRAM, folder), "--root", str(plan.folder), "--out", str(out)]
    line += ["--module", legacy.module, *(["--attribute", legacy.attribute] if legacy.attribute else [])]
    code, said = run_to_end(plan, line, "loaded")
    if not out.is_file():
        cause = f"the project did not load: its interpreter ended with exit code {code}: {said}"
        raise SideError(cause, file=plan.python, remedy=REMEDY)
    answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "error" in answer:
        raise does_not_load(migration, plan, answer["error"])
    return answer


def _as_it_is(root: Path, base: str, file: str, python: str, place: Path) -> dict[str, Any]:
    """In a copy of the project, with the environment of the command."""
    chosen = interpreter(python, Path.cwd())
    home = PurePosixPath(base)
    module, below = imported(root, file, home)
    place.mkdir(parents=True)
    try:
        answer = dump_of(place, root, [chosen, handed(PROGRAM, place)], ["--module", module], base, below)
    except OSError as problem:
        raise SideError(f"{chosen} cannot be started: {problem.strerror}", remedy=REMEDY) from None
    if isinstance(answer, str):
        raise SideError(f"the project does not load: {answer}", file=root / file, remedy=REMEDY)
    found: dict[str, Any] = from_tree(answer, PurePosixPath(base, below))
    return found


def from_tree(answer: Any, home: PurePosixPath) -> Any:
    """An answer with its files named from the tree on, not from the folder that they were loaded in."""
    if isinstance(answer, list):
        return [from_tree(one, home) for one in answer]
    if not isinstance(answer, dict):
        return answer
    found = {name: from_tree(worth, home) for name, worth in answer.items()}
    if isinstance(found.get("file"), str) and "line" in found:
        found["file"] = str(home / found["file"])
    return found
