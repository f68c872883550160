"""A tree of several projects, divided: each folder with packaging of its own, unless one imports another.

Folders that Dagster is started in are projects of their own where their files are called the same, and so
are folders of loose files, each with a file of one name that says what is deployed, and folders that hold
packages of one name, each with a code location.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate.reading.locations import Location
from migrate.reading.source import INSTALLED, MARKERS, SourceFile, module_name
from migrate.reading.working_folders import LOADED, apart, working_folders


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
    twins = _twins(root, files)
    marked |= twins
    marked |= _same_packages(root, files, locations, marked)
    homes = sorted({_home(f.path, marked) for f in files if f.role == "dagster"})
    if len(homes) < 2:
        return [Part(homes[0] if homes else "", tuple(files), tuple(locations))]
    home = {f.path: _home(f.path, set(homes)) for f in files}
    group = _joined(root, files, home, homes, twins)
    parts = []
    for name in sorted(set(group.values())):
        members = {h for h in homes if group[h] == name}
        own = tuple(f for f in files if home[f.path] in members)
        base = _common(sorted(members))
        chosen = tuple(where for where in locations if home[where.file] in members)
        parts.append(Part(base, own, chosen, alone=len(set(group.values())) == 1))
    rest = tuple(f for f in files if home[f.path] not in homes)
    return [*parts, Part("", rest, alone=False)] if rest else parts


def _twins(root: Path, files: Sequence[SourceFile]) -> set[str]:
    """Folders nobody imports by name, with a loose file that another folder has too and Dagster loads."""
    imported = frozenset(name for f in files for name in f.imports) - INSTALLED
    places: dict[str, list[PurePosixPath]] = {}
    for path in (PurePosixPath(f.path) for f in files if f.role == "dagster" and f.path.endswith(".py")):
        if module_name(root, str(path)) == (path.stem, False) and not imported & set(path.parts[:-1]):
            places.setdefault(path.stem, []).append(path)
    same = [path for paths in places.values() if len(paths) > 1 for path in paths]
    loaded = {path.parent for path in same if LOADED.search((root / path).read_bytes())}
    found = {str(folder) for folder in loaded if folder.parts and not loaded & set(folder.parents)}
    return found if len(found) > 1 else set()


def _same_packages(
    root: Path, files: Sequence[SourceFile], locations: Sequence[Location], marked: set[str]
) -> set[str]:
    """Folders nobody imports by name whose packages have modules of one name: Dagster is started in each.

    Each deploys something of its own: settings say so or, where they say nothing, a file does.
    """
    imported = frozenset(name for f in files for name in f.imports) - INSTALLED
    homes: dict[str, str] = {}
    places: dict[tuple[str, str], set[str]] = {}
    for path in (PurePosixPath(f.path) for f in files if f.role == "dagster" and f.path.endswith(".py")):
        module, package = module_name(root, str(path))
        home = list(path.parents)[module.count(".") + (1 if package else 0) :][:1]
        if "." in module and not package and home and home[0].parts and not imported & set(home[0].parts):
            homes[str(path)] = str(home[0])
            places.setdefault((module, _home(str(path), marked)), set()).add(str(home[0]))
    same = {home for shared in places.values() if len(shared) > 1 for home in shared}
    told = {homes[where.file] for where in locations if where.file in homes}
    loaded = {home for path, home in homes.items() if LOADED.search((root / path).read_bytes())}
    found = same & (told if locations else loaded)
    found -= {f for f in found if found & {str(above) for above in PurePosixPath(f).parents}}
    return found if len(found) > 1 else set()


def _home(path: str, folders: set[str]) -> str:
    return next((str(f) for f in PurePosixPath(path).parents if str(f) in folders and str(f) != "."), "")


def _joined(
    root: Path, files: Sequence[SourceFile], home: dict[str, str], homes: list[str], twins: Collection[str]
) -> dict[str, str]:
    """Home → the group it belongs to: homes whose code imports one another are one project.

    What several of the `twins` import joins none of them: their files are called the same.
    """
    provides: dict[str, Counter[str]] = {h: Counter() for h in homes}
    for file in files:
        if file.path.endswith(".py") and home[file.path] in provides:
            provides[home[file.path]][module_name(root, file.path)[0].split(".")[0]] += 1
    links: set[tuple[str, str]] = set()
    for file in files:
        own = home[file.path]
        if file.role != "dagster" or not file.path.endswith(".py"):
            continue
        for name in file.imports - provides[own].keys():
            others = [h for h in homes if provides[h][name]]
            if len(others) > 1:  # a package that was moved may have left its `__init__` behind
                others = [h for h in others if provides[h][name] > 1]
            if len(others) == 1:
                links.add((own, others[0]))
    shared = {there for _, there in links if sum((twin, there) in links for twin in twins) > 1}
    group = {h: h for h in homes}
    for own, there in sorted(links):
        if not (there in shared and own in twins):
            old, new = group[own], group[there]
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
