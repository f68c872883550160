"""Writing whole files or none, and fingerprints of files and folders."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

IGNORED_FOLDERS = frozenset(
    {"__pycache__", ".git", ".venv", "target", "logs", "dbt_packages"}
    | {".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache"}
)
"""Folders that hold products, not input: never part of a fingerprint."""


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8 in one step, see `write_bytes`."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step: a reader sees the old file or the new one, never a part.

    Raises:
        OSError: the folder cannot be made or written to; `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def write_json(path: Path, value: Any) -> None:
    """Write `value` as indented JSON with a stable key order, whole or not at all."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_tree(root: Path) -> str:
    """SHA-256 over the relative names and bytes of every file below `root` (or of the one file it is)."""
    if root.is_file():
        return digest_file(root)
    total = hashlib.sha256()
    for path in walk(root):
        total.update(f"{path.relative_to(root).as_posix()}\0{digest_file(path)}\n".encode())
    return total.hexdigest()


def walk(root: Path) -> Iterable[Path]:
    """The files below `root` in a stable order, products (`IGNORED_FOLDERS`) and links left out."""
    for folder, names, files in os.walk(root):
        names[:] = sorted(n for n in names if n not in IGNORED_FOLDERS and not n.endswith(".egg-info"))
        for name in sorted(files):
            path = Path(folder, name)
            if not path.is_symlink():
                yield path
