"""Files of the project that its modules read while they are loaded: YAML, JSON and TOML that name assets.

`Path(__file__).parent / "config.yaml"` and its `os.path` spellings lead to a file of the tree; what it holds
now is what the code would read. Every file that was asked is kept, for the conversion to name.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.reading.scope import Stop
from migrate.reading.values import Unknown

LARGEST = 1_000_000
"""Bytes of a file that is still read."""


@dataclass(frozen=True)
class ProjectPath(Unknown):
    """A path below the tree: where it is on another machine is unknown, which file it means is not."""

    path: PurePosixPath = field(default_factory=PurePosixPath)


@dataclass(frozen=True)
class Opened(Unknown):
    """An open file of the tree."""

    path: PurePosixPath = field(default_factory=PurePosixPath)


class Missing(Stop):
    """The file is not there: what Python reports as FileNotFoundError."""


class DataFiles:
    """What reading the files of one tree gives; `asked` are the paths of those that were read."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.asked: set[str] = set()

    def text(self, path: PurePosixPath) -> str:
        """The text of a file.

        Raises:
            Missing: there is no such file.
            Stop: it is outside of the tree, too large, or no text.
        """
        if path.is_absolute() or ".." in path.parts:
            raise Stop("a file outside of the project")
        place = self._root / path
        if not place.is_file():
            raise Missing(f"{path} is not there")
        if place.stat().st_size > LARGEST:
            raise Stop(f"{path} is too large to be read")
        self.asked.add(str(path))
        try:
            return place.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise Stop(f"{path}: {problem}") from problem

    def there(self, path: PurePosixPath, folder: bool | None = None) -> bool:
        """Whether a path exists; as a folder or a file, where that is asked."""
        place = self._root / path
        return place.exists() if folder is None else place.is_dir() is folder and place.exists()

    def listed(self, path: PurePosixPath, pattern: str) -> list[ProjectPath]:
        """Files that match below a folder, by name."""
        found = sorted((self._root / path).glob(pattern))
        return [at(PurePosixPath(p.relative_to(self._root).as_posix())) for p in found]


def at(path: PurePosixPath) -> ProjectPath:
    """A path of the tree as a value, `..` followed."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and not parts:
            raise Stop("a path outside of the project")
        parts = parts[:-1] if part == ".." else [*parts, part]
    return ProjectPath("where the project lies", PurePosixPath(*parts))


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise ValueError(problem) from problem


PARSERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("yaml.safe_load", "yaml.load", "yaml.full_load"), _yaml),
    **dict.fromkeys(("json.load", "json.loads"), json.loads),
    **dict.fromkeys(("tomllib.load", "tomllib.loads", "tomli.load", "tomli.loads"), tomllib.loads),
}
SAME = (
    "pathlib.Path",
    "builtins.str",
    "os.fspath",
    "os.path.abspath",
    "os.path.realpath",
    "os.path.normpath",
)


def called(files: DataFiles, name: str, args: Sequence[Any]) -> Any:
    """What a function gives for a path or an open file; None when it is not about one."""
    first = args[0] if args else None
    if name in PARSERS:
        return _parsed(files, PARSERS[name], first)
    if name == "dagster.config_from_files" and isinstance(first, list):
        return _merged(files, first)
    if not isinstance(first, ProjectPath):
        return None
    if name in SAME and len(args) == 1:
        return first
    if name == "dagster.file_relative_path" and len(args) == 2 and isinstance(args[1], str):
        return at(first.path.parent.joinpath(args[1]))
    if name in ("os.path.join", "pathlib.Path") and all(isinstance(a, str) for a in args[1:]):
        return at(first.path.joinpath(*args[1:]))
    if name == "os.path.dirname":
        return at(first.path.parent)
    if name in ("os.path.exists", "os.path.isfile", "os.path.isdir"):
        return files.there(first.path, {"isfile": False, "isdir": True}.get(name.rpartition(".")[2]))
    return Opened("an open file", first.path) if name == "builtins.open" else None


def _parsed(files: DataFiles, parse: Callable[[str], Any], given: Any) -> Any:
    text = files.text(given.path) if isinstance(given, Opened) else given
    if not isinstance(text, str):
        return None
    try:
        return parse(text)
    except ValueError as problem:
        raise Stop(f"a file of the project cannot be read: {problem}") from problem


def _merged(files: DataFiles, paths: Sequence[Any]) -> Any:
    """What Dagster reads of YAML files: their dictionaries, the later ones over the earlier."""
    found: dict[str, Any] = {}
    for path in paths:
        if not isinstance(path, ProjectPath) or any(letter in str(path.path) for letter in "*?["):
            return None
        found = _over(found, _parsed(files, _yaml, files.text(path.path)) or {})
    return found


def _over(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    both = {
        name: _over(earlier[name], value)
        for name, value in later.items()
        if isinstance(value, dict) and isinstance(earlier.get(name), dict)
    }
    return {**earlier, **later, **both}


def method(files: DataFiles, target: Any, name: str, args: Sequence[Any]) -> Any:
    """What a method of a path or an open file gives; None when that is not known."""
    if isinstance(target, Opened):
        return files.text(target.path) if name == "read" and not args else None
    path = target.path
    if name in ("resolve", "absolute", "expanduser"):
        return target
    if name in ("joinpath", "with_name", "with_suffix") and all(isinstance(a, str) for a in args):
        return at(getattr(path, name)(*args))
    if name in ("exists", "is_file", "is_dir"):
        return files.there(path, {"is_file": False, "is_dir": True}.get(name))
    if name in ("glob", "rglob") and args and isinstance(args[0], str):
        return files.listed(path, args[0] if name == "glob" else f"**/{args[0]}")
    if name == "read_text":
        return files.text(path)
    return Opened("an open file", path) if name == "open" else None


def attribute(target: ProjectPath, name: str) -> Any:
    """An attribute of a path.

    Raises:
        Stop: it is not one of those that are known.
    """
    if name == "parent":
        return at(target.path.parent)
    if name == "parents":
        return [at(above) for above in target.path.parents]
    if name in ("name", "stem", "suffix"):
        return getattr(target.path, name)
    raise Stop(f"the attribute {name} of a path")
