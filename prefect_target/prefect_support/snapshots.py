"""What each partition left behind, kept beside the live files; every change is one rename.

Written by `migrate convert`; yours to edit. Used by backfill.py.

    warehouse.duckdb                          the live file: what the last partition left behind
    warehouse.duckdb.partitions/
        base-<key>/WAREHOUSE_DB               what was there before the first partition
        2025-<key>/WAREHOUSE_DB               what 2025 left behind; there or not there, never half
        work/                                 what is being made; worth nothing

Upstream: https://docs.python.org/3/library/os.html#os.replace
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_IGNORED = {"__pycache__", "target", "logs", ".git", ".user.yml"}


class Locked(RuntimeError):
    """Another process is working on the same state."""


class Snapshots:
    """The states of one set of files and folders, each by name: environment variable → live path."""

    def __init__(self, live: Mapping[str, Path]) -> None:
        self.live = dict(live)
        first = next(iter(self.live.values()))
        self.folder = first.with_name(f"{first.name}.partitions")
        self.work = self.folder / "work"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone on this state, leftovers of a killed process removed. Raises Locked."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Locked(f"another process is working in {self.folder}") from error
            self.discard()
            if (marker := self.folder / "showing").is_file():
                self.show(marker.read_text())  # killed between two of the live files
            yield

    def adopt(self) -> str:
        """The key of what is live before the first partition: kept as the base, now or in an earlier run.

        Live files that no partition left behind were changed by someone else: they are a new base.
        """
        bases = sorted(self.folder.glob("base-*"))
        made = {digest for folder in self.folder.glob("*-*") if (digest := _noted(folder))}
        live = _digest_all(self.live)
        if bases and live in made:
            return bases[-1].name.removeprefix("base-")
        for name, path in self.live.items():
            copied(path, self.work / name)
        for base in bases:
            shutil.rmtree(base)
        key = live[:12]
        self._rename_into_place(f"base-{key}")
        return key

    def has(self, partition: str, key: str) -> bool:
        """Whether this partition is finished, with this key."""
        return (self.folder / f"{_plain(partition)}-{key}").is_dir()

    @contextmanager
    def working_copy(self, before: str) -> Iterator[None]:
        """The environment variables name a copy of the state with that key, until the block ends."""
        source, live = self._of(before), {name: os.environ[name] for name in self.live}
        for name, path in self.live.items():
            place = self.work / name / path.name  # DuckDB calls a database after its file: the name stays
            place.parent.mkdir(parents=True, exist_ok=True)
            copied(source / name, place)
            os.environ[name] = str(place)
        try:
            yield
        finally:
            os.environ.update(live)

    def publish(self, partition: str, key: str) -> None:
        """The working copy becomes the partition's state: one rename, after everything is on the disk."""
        for name, path in self.live.items():
            place = self.work / name / path.name
            _checkpoint(place)
            if place.exists():
                place.rename(self.work / f"{name}.made")
            shutil.rmtree(self.work / name)
            if (self.work / f"{name}.made").exists():
                (self.work / f"{name}.made").rename(self.work / name)
        self._rename_into_place(f"{_plain(partition)}-{key}")

    def prune(self, partition: str, key: str) -> None:
        """Forget what this partition left behind under other keys: it has run again since."""
        for folder in self.folder.glob(f"{_plain(partition)}-*"):
            if folder.name != f"{_plain(partition)}-{key}":
                shutil.rmtree(folder)

    def discard(self) -> None:
        """Throw away what is being made."""
        shutil.rmtree(self.work, ignore_errors=True)

    def show(self, key: str) -> None:
        """Make the live files those of this key, each by one rename; nothing to do when they are."""
        source, marker = self._of(key), self.folder / "showing"
        if _digest_all(self.live) == _noted(source):
            marker.unlink(missing_ok=True)
            return
        marker.write_text(key)
        _on_disk(marker)
        for name, path in self.live.items():
            new = path.with_name(f".{path.name}.new")
            _remove(new)
            copied(source / name, new)
            if path.is_dir():
                old = path.with_name(f".{path.name}.old")
                _remove(old)
                path.rename(old)
                new.rename(path)
                _remove(old)
            elif new.exists():
                new.replace(path)
        marker.unlink()

    def _of(self, key: str) -> Path:
        (found,) = self.folder.glob(f"*-{key}")
        return found

    def _rename_into_place(self, name: str) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        digest = _digest_all({name: self.work / name for name in self.live})
        (self.work / "state.json").write_text(json.dumps({"sha256": digest}))
        for path in (*self.work.rglob("*"), self.work):
            _on_disk(path)
        self.work.rename(self.folder / name)
        _on_disk(self.folder)


def key_of(*parts: Any) -> str:
    """A short digest of anything JSON can carry."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:12]


def digest_of(paths: Sequence[Path]) -> str:
    """One SHA-256 over files and folders: names and contents, without what tools leave behind."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(_files(path)):
            total.update(f"{file.relative_to(path.parent)}\0".encode())
            with file.open("rb") as content:
                total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for entry in path.iterdir():
            if entry.name not in _IGNORED:
                yield from _files(entry)


def _digest_all(paths: Mapping[str, Path]) -> str:
    return key_of({name: _content(path) for name, path in paths.items()})


def _content(path: Path) -> Any:
    if path.is_dir():
        return {str(file.relative_to(path)): _content(file) for file in sorted(_files(path))}
    if not path.is_file():
        return None
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _noted(folder: Path) -> str | None:
    note = folder / "state.json"
    return json.loads(note.read_text())["sha256"] if note.is_file() else None


def _checkpoint(path: Path) -> None:
    """Everything into the DuckDB file itself: its log is not carried over."""
    if path.is_file() and path.with_name(f"{path.name}.wal").exists():
        import duckdb

        with duckdb.connect(str(path)) as connection:
            connection.execute("force checkpoint")


def copied(source: Path, target: Path) -> None:
    """Copy a file or a folder, if it is there, to a place that is not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copyfile(source, target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(partition: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "._" else "_" for letter in partition)
