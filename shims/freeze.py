"""Freezing what both sides read: copied once a side, fingerprinted at the source and in each copy.

Links are followed, so that a copy stands alone. Products (caches, dbt's `target` and `logs`, virtual
environments) are neither copied nor fingerprinted.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrate.errors import ConfigError, SideError
from migrate.files import digest_file

FICLONE = 0x40049409
"""Linux: share the blocks of a file, copy on write. https://man7.org/linux/man-pages/man2/FICLONE.2const.html"""
CACHES = frozenset(
    {"__pycache__", ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".changeover"}
)
DBT_PRODUCTS = frozenset({"target", "logs"})


@dataclass(frozen=True)
class FrozenFile:
    """One file: its path relative to the folder of migration.toml, its digest and size."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Fingerprint:
    """All files a side reads. Equal fingerprints: the same names with the same bytes."""

    sha256: str
    files: tuple[FrozenFile, ...]


def fingerprint(root: Path, names: Sequence[str]) -> Fingerprint:
    """Digest the files that `names` (files or folders, relative to `root`) stand for."""
    total, found = hashlib.sha256(), []
    for path, relative in frozen_files(root, names):
        file = FrozenFile(relative, digest_file(path), path.stat().st_size)
        total.update(f"{file.path}\0{file.sha256}\n".encode())
        found.append(file)
    return Fingerprint(total.hexdigest(), tuple(found))


def size(root: Path, names: Sequence[str]) -> int:
    """Bytes that one copy of `names` needs."""
    return sum(path.stat().st_size for path, _ in frozen_files(root, names))


def copy(
    root: Path, names: Sequence[str], destination: Path, between: Callable[[], None] = lambda: None
) -> None:
    """Copy `names` below `destination`, laid out as below `root`; blocks are shared where the disk can.

    `between` is called before each file; what it raises ends the copying.

    Raises:
        SideError: the disk is full.
    """
    for path, relative in frozen_files(root, names):
        between()
        target = Path(os.path.normpath(destination / relative))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy_file(path, target)
        except OSError as problem:
            if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise SideError(
                "the disk is full while the inputs are copied",
                file=target,
                remedy="Free some space, or let `state` in migration.toml name a folder on another disk.",
            ) from None


def frozen_files(root: Path, names: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Every file once, in a stable order: its path, and its name relative to `root`.

    Raises:
        ConfigError: a name stands for nothing.
    """
    seen: set[str] = set()
    for name in sorted(names):
        start = root / name
        if not start.exists():
            raise ConfigError(f"{name} does not exist", file=start)
        for path in [start] if start.is_file() else _walk(start):
            relative = Path(os.path.relpath(path, root)).as_posix()
            if relative not in seen:
                seen.add(relative)
                yield path, relative


def _walk(start: Path) -> Iterator[Path]:
    visited: set[str] = set()
    for folder, names, files in os.walk(start, followlinks=True):
        here = os.path.realpath(folder)
        if here in visited:  # a link that leads back up
            names.clear()
            continue
        visited.add(here)
        products = CACHES | (DBT_PRODUCTS if "dbt_project.yml" in files else frozenset())
        names[:] = sorted(n for n in names if not _is_product(Path(folder, n), products))
        for name in sorted(files):
            path = Path(folder, name)
            if path.is_file():  # no sockets, pipes or broken links
                yield path


def _is_product(folder: Path, products: frozenset[str]) -> bool:
    name = folder.name
    return name in products or name.endswith(".egg-info") or (folder / "pyvenv.cfg").exists()


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as reading, target.open("wb") as writing:
        try:
            fcntl.ioctl(writing.fileno(), FICLONE, reading.fileno())
        except OSError:  # another disk, or one that cannot share blocks
            shutil.copyfileobj(reading, writing, 1 << 20)
    facts = source.stat()
    target.chmod(facts.st_mode & 0o777 | 0o200)  # the copy belongs to the side: it may write to it
    os.utime(target, ns=(facts.st_atime_ns, facts.st_mtime_ns))
