"""Where everything is read from: one migration's folder, and nothing outside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.config import FILE_NAME, load
from migrate.errors import ChangeoverError
from migrate.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrate.config import Migration

STATE = ".changeover"


@dataclass(frozen=True)
class Trouble:
    """Something that could not be read: what, where, and what to do about it."""

    cause: str
    place: str = ""
    remedy: str = ""

    @classmethod
    def of(cls, problem: Exception, root: Path) -> Trouble:
        """An error in words, its path relative to the project's folder."""
        if isinstance(problem, ChangeoverError):
            return cls(problem.cause, shown(problem.place, root), problem.remedy)
        if isinstance(problem, OSError):
            return cls(f"cannot be read: {problem.strerror}", shown(str(problem.filename or ""), root))
        return cls(f"cannot be read: {problem}")


def shown(place: str, root: Path) -> str:
    """A place as people know it: relative to the project's folder."""
    return place.replace(f"{root}/", "")


@dataclass
class Source:
    """A project's folder as it is now; `troubles` says why its settings could not be read, if so.

    Files are parsed once as long as they do not change: `cached` keys by size and time of change.
    """

    root: Path
    config: Path
    _kept: dict[tuple[str, str], tuple[tuple[int, ...], Any]] = field(default_factory=dict)

    @classmethod
    def at(cls, config: Path) -> Source:
        """The project that a migration.toml (or the folder it lies in) belongs to."""
        place = config.absolute()
        file = place / FILE_NAME if place.is_dir() else place
        return cls(file.parent.resolve(), file.parent.resolve() / file.name)

    def migration(self) -> Migration | Trouble:
        """The settings, or why there are none."""
        try:
            is_there = self.config.is_file()
            found: Migration = self.cached(self.config, "settings", load) if is_there else load(self.config)
        except (ChangeoverError, OSError) as problem:
            return Trouble.of(problem, self.root)
        return found

    @property
    def workspace(self) -> Workspace:
        """The state folder that the settings name; the usual one while they cannot be read."""
        migration = self.migration()
        state = STATE if isinstance(migration, Trouble) else migration.state
        return Workspace(self.root / state)

    def inside(self, file: Path) -> bool:
        """Whether a path, its links followed, lies in the project's folder."""
        return file.resolve().is_relative_to(self.root)

    def cached(self, file: Path, kind: str, read: Callable[[Path], Any]) -> Any:
        """What `read` makes of a file, made again only when the file changes.

        Raises:
            FileNotFoundError: there is none, or it lies outside the project.
        """
        if not self.inside(file):
            raise FileNotFoundError(2, "it lies outside the project", str(file))
        stat = file.stat()
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        key = (str(file), kind)
        known = self._kept.get(key)
        if known is None or known[0] != stamp:
            known = self._kept[key] = (stamp, read(file))
        return known[1]

    def json(self, file: Path) -> dict[str, Any] | None:
        """A JSON object; None when the file is missing or holds none."""
        try:
            return as_object(self.cached(file, "json", parse))
        except OSError:
            return None


def parse(file: Path) -> Any:
    """A file's JSON value; None when it holds none."""
    try:
        return json.loads(file.read_text(encoding="utf-8", errors="replace"))
    except ValueError:
        return None


def as_object(value: Any) -> dict[str, Any] | None:
    """A JSON object; None for any other value."""
    return value if isinstance(value, dict) else None
