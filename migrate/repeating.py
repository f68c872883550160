"""Converting a second time what has not changed: answered from the record of the first time.

The target keeps one digest of everything a conversion is made of (the project's files, the converter's own,
plugins, options, the versions below) and one of all that it wrote. While both still hold, a conversion would
write what is there; when in doubt there is no digest, and the work is done.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from migrate.reading.dbt import find_project

RECORD = "conversion.json"
GENERATED = ".changeover/generated.json"
"""In the target: the text of every file as it was generated, which edits are told from."""
ANSWER = ".changeover/answer.json"
"""In the target: the two digests."""
NEVER_READ = frozenset(
    {
        *("__pycache__", ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "site-packages", "logs"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".tox", ".nox", ".ipynb_checkpoints"),
    }
)
LIBRARIES = ("changeover", "libcst", "pyyaml")


class _Untold(Exception):
    """What the conversion is made of cannot be told in a digest."""


def made_of(project: Path, out: Path, options: Sequence[Any]) -> str:
    """A digest of all that a conversion to `out` depends on; the empty string where that cannot be told."""
    total = hashlib.sha256(repr((sys.version, [_version(n) for n in LIBRARIES], options)).encode())
    try:
        for folder in (project, *_beside(project, out), Path(__file__).parent, *_plugins()):
            total.update(f"{folder.name}\n".encode(errors="surrogateescape"))
            _add(total, folder)
    except (_Untold, OSError, ImportError, ValueError):
        return ""
    return total.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _beside(project: Path, out: Path) -> list[Path]:
    """The dbt project that is read besides the folder's own files.

    Raises:
        _Untold: the target is that dbt project, or there is no folder.
    """
    found = find_project(project)
    if not project.is_dir() or (found and found.resolve() == out.resolve()):
        raise _Untold
    return [found] if found and project.resolve() not in found.resolve().parents else []


def _plugins() -> Iterator[Path]:
    """The packages, or modules, that hold rules of other distributions."""
    for point in sorted(entry_points(group="changeover.rules"), key=lambda point: point.name):
        spec = find_spec(point.module.partition(".")[0])
        if spec is None:
            raise _Untold
        if spec.submodule_search_locations:
            yield from map(Path, spec.submodule_search_locations)
        elif spec.origin:
            yield Path(spec.origin)


def _add(total: Any, place: Path) -> None:
    """Add every file below a folder, or the one file, with its bytes and whether it is executable."""
    for path, name in _files(str(place)):
        total.update(f"{name}\0{os.access(path, os.X_OK)}\0".encode(errors="surrogateescape"))
        if os.path.exists(path):  # noqa: PTH110 - thousands of them; a link may lead nowhere
            with open(path, "rb") as stream:  # noqa: PTH123
                total.update(hashlib.file_digest(stream, "sha256").digest())


def _files(place: str) -> Iterator[tuple[str, str]]:
    """Files below a place, in a stable order: path, and path below it.

    Raises:
        _Untold: a link to a folder, or something that is neither file nor folder, is among them.
    """
    if not os.path.isdir(place):  # noqa: PTH112
        yield place, os.path.basename(place)  # noqa: PTH119
        return
    for folder, names, files in os.walk(place):
        names[:] = sorted(n for n in names if n not in NEVER_READ)
        links = (n for n in names if os.path.islink(f"{folder}/{n}"))  # noqa: PTH114
        if any(links):
            raise _Untold
        for name in sorted(files):
            if not name.endswith((".pyc", ".pyo")):
                yield f"{folder}/{name}", f"{folder[len(place) :]}/{name}"


def stamp(inputs: str, files: Mapping[str, bytes]) -> bytes:
    """What the target keeps of a conversion that wrote these files."""
    return (json.dumps({"made_of": inputs, "wrote": _digest(files)}) + "\n").encode()


def standing(out: Path, inputs: str) -> dict[str, Any] | None:
    """The record of the conversion that is there, if a conversion now would write the very same files."""
    try:
        kept = json.loads((out / ANSWER).read_text(encoding="utf-8"))
        record = json.loads((out / RECORD).read_text(encoding="utf-8"))
        if not inputs or kept["made_of"] != inputs:
            return None
        there = {name.removeprefix("/"): Path(path) for path, name in _files(str(out))}
        files = {name: path.read_bytes() for name, path in there.items() if _is_ours(name)}
    except (OSError, ValueError, KeyError, TypeError, _Untold):
        return None
    return record if isinstance(record, dict) and _digest(files) == kept["wrote"] else None


def _is_ours(name: str) -> bool:
    """Whether a file of the target is what a conversion writes: what Prefect keeps there is not."""
    return name == GENERATED or not name.startswith((".changeover/", ".prefect/"))


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, data in sorted(files.items()):
        total.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode(errors="surrogateescape"))
    return total.hexdigest()
