"""The static form: every page as a file, with relative links only, so that it opens from a folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from migrate.errors import ConfigError
from validation.dashboard.server import STATIC

if TYPE_CHECKING:
    from pathlib import Path

    from validation.dashboard.site import Site

MARK = ".changeover-dashboard"


def export(site: Site, folder: Path) -> int:
    """Write every page to a folder; an older copy in it is replaced. Returns the number of pages.

    Raises:
        ConfigError: the folder holds something that is no exported dashboard.
    """
    _empty(folder)
    (folder / MARK).write_text(
        "Written by `migrate dashboard --export`; replaced by the next.\n", encoding="utf-8"
    )
    shutil.copytree(STATIC, folder / "static")
    count = 0
    for address in dict.fromkeys(site.addresses()):
        page = site.page(address)
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(site.content(page))
        count += 1
    return count


def _empty(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise ConfigError(
                "this folder holds something else",
                file=folder,
                remedy="Name an empty folder, or one to be made.",
            )
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    folder.mkdir(parents=True, exist_ok=True)
