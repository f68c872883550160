"""Paths for files that are gone when one is done with them.

Written by `migrate convert`; yours to edit.

    with temporary_path() as path:
        download_to(path)

Upstream: https://docs.python.org/3/library/tempfile.html#tempfile.TemporaryDirectory
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir


@contextmanager
def temporary_path() -> Iterator[str]:
    """A path where nothing lies yet; what is written there is removed afterwards."""
    with TemporaryDirectory() as folder:
        yield (Path(folder) / "file").as_posix()


def system_folder() -> str:
    """The folder of the system for files that are soon gone, whatever TMPDIR says."""
    return gettempdir() if sys.platform == "win32" else "/tmp"  # noqa: S108, RUF100
