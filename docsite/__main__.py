"""`python -m docsite [FOLDER]` writes the reference pages (default: docs/reference)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from docsite import commands, errors, schemas, settings


def write(folder: Path) -> None:
    """Write all pages; what is there already goes."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "schemas").mkdir(parents=True)
    pages = {
        "cli.md": commands.page(),
        "migration-toml.md": settings.migration_page(),
        "routing-toml.md": settings.routing_page(),
        "schemas.md": schemas.page(),
        "errors.md": errors.page(),
    }
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    for file in schemas.files():
        shutil.copyfile(file, folder / "schemas" / file.name)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs" / "reference")
