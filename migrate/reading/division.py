"""A tree of several projects, divided: each folder with packaging of its own, unless one imports another.

Folders that Dagster is started in are projects of their own where their files are called the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate.reading.locations import Location
from migrate.reading.source import MARKERS, SourceFile, module_name
from migrate.reading.working_folders import apart, working_folders


@dataclass(frozen=True)
class Part:
    """The files of one project; `base` is its folder, relative to the tree (empty for the tree itself).

    `alone` when the tree holds no other part with Dagster in it.
    """

    base: str
    files: tuple[SourceFile, ...]
    locations: tuple[Location, ...] = ()
    alone: bool = True


def divide(root: Path, files: Sequence[SourceFile], locations: Sequence[Location]) -> list[Part]:
    """The parts of a tree, those with Dagster in them first; every file is in exactly one part."""
    marked = {str(PurePosixPath(f.path).parent) for f in files if PurePosixPath(f.path).name in MARKERS}
    known = {module_name(root, f.path)[0].split(".")[0] for f in files if f.path.endswith(".py")}
    marked |= {folder.rstrip("/") for folder in apart(working_folders(root, files, known, ()))}
    homes = sorted({_home(f.path, marked) for f in files if f.role == "dagster"})
    if len(homes) < 2:
        return [Part(homes[0] if homes else "", tuple(files), tuple(locations))]
    home = {f.path: _home(f.path, set(homes)) for f in files}
    group = _joined(root, files, home, homes)
    parts = []
    for name in sorted(set(group.values())):
        members = {h for h in homes if group[h] == name}
        own = tuple(f for f in files if home[f.path] in members)
        base = _common(sorted(members))
        chosen = tuple(where for where in locations if home[where.file] in members)
        parts.append(Part(base, own, chosen, alone=len(set(group.values())) == 1))
    rest = tuple(f for f in files if home[f.path] not in homes)
    return [*parts, Part("", rest, alone=False)] if rest else parts


def _home(path: str, folders: set[str]) -> str:
    return next((str(f) for f in PurePosixPath(path).parents if str(f) in folders and str(f) != "."), "")


def _joined(
    root: Path, files: Sequence[SourceFile], home: dict[str, str], homes: list[str]
) -> dict[str, str]:
    """Home → the group it belongs to: homes whose code imports one another are one project."""
    provides: dict[str, Counter[str]] = {h: Counter() for h in homes}
    for file in files:
        if file.path.endswith(".py") and home[file.path] in provides:
            provides[home[file.path]][module_name(root, file.path)[0].split(".")[0]] += 1
    group = {h: h for h in homes}
    for file in files:
        own = home[file.path]
        if file.role != "dagster" or not file.path.endswith(".py"):
            continue
        for name in file.imports - provides[own].keys():
            others = [h for h in homes if provides[h][name]]
            if len(others) > 1:  # a package that was moved may have left its `__init__` behind
                others = [h for h in others if provides[h][name] > 1]
            if len(others) == 1:
                old, new = group[own], group[others[0]]
                group = {h: new if g == old else g for h, g in group.items()}
    return group


def _common(members: Sequence[str]) -> str:
    """The folder that holds all of them."""
    if len(members) == 1:
        return members[0]
    shared = []
    for parts in zip(*(PurePosixPath(m).parts for m in members), strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join(shared)
