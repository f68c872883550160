"""Folders that Dagster is started in: packages whose files are imported as if there were no package."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Protocol

RELATIVE = re.compile(rb"^[ \t]*from[ \t]+\.", re.MULTILINE)
LOADED = re.compile(rb"\b(?:Definitions|definitions|repository)\b")
"""What the file says that Dagster loads."""


class File(Protocol):
    """What is asked of a file."""

    @property
    def path(self) -> str:
        """Relative to the project, with slashes."""

    @property
    def imports(self) -> frozenset[str]:
        """The top-level names that it imports."""


def working_folders(
    root: Path, files: Collection[File], known: Collection[str], told: Collection[str]
) -> dict[str, frozenset[str]]:
    """Packages whose own files import what lies beside them as if there were no package: each with a slash,
    and the names that are imported so.

    That only works when Dagster runs in that folder, with a file of it that says what is deployed. A package
    that anybody imports by its name, or whose files import one another with a dot, is one.

    Args:
        root: the tree.
        files: its files.
        known: the top-level names that are known without.
        told: packages that settings name.
    """
    python = [PurePosixPath(f.path) for f in files if f.path.endswith(".py")]
    inside = {folder for path in python for folder in (path.with_suffix(""), *path.parents)}
    imported = frozenset(name for f in files for name in f.imports).union(told)
    found: dict[PurePosixPath, set[str]] = {}
    loaded: set[PurePosixPath] = set()
    for file in files:
        for name in file.imports - frozenset(known) - sys.stdlib_module_names:
            above = (p for p in PurePosixPath(file.path).parents if p / name in inside)
            folder = next(above, PurePosixPath())
            if (root / folder / "__init__.py").is_file() and folder.parts:
                found.setdefault(folder, set()).add(name)
                if PurePosixPath(file.path).parent == folder and LOADED.search(
                    (root / file.path).read_bytes()
                ):
                    loaded.add(folder)
    started = [f for f in found if f in loaded]
    wanted = {f for f in started if not imported & set(_packages(root, f)) and not _dotted(root, f)}
    return {f"{folder}/": frozenset(found[folder]) for folder in wanted}


def apart(folders: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those of the folders that hold files of the same names as another."""
    return frozenset(f for f in folders if any(folders[f] & folders[o] for o in folders if o != f))


def _packages(root: Path, folder: PurePosixPath) -> Iterator[str]:
    """The name of the folder, and of the packages around it."""
    while (root / folder / "__init__.py").is_file() and folder.parts:
        yield folder.name
        folder = folder.parent


def _dotted(root: Path, folder: PurePosixPath) -> bool:
    """Whether a file of the folder itself imports with a dot."""
    return any(RELATIVE.search(file.read_bytes()) for file in (root / folder).glob("*.py"))
