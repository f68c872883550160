"""Whether the inputs of a dual run still lie there as they were frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.errors import ConfigError
from shims import freeze

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validation.records import RunInput


def changes(root: Path, names: Sequence[str], frozen: RunInput) -> dict[str, str]:
    """What became of each file that is not as it was, by its path relative to `root`; empty when none.

    Args:
        root: the folder of migration.toml.
        names: the files and folders that it freezes.
        frozen: what run.json recorded.
    """
    try:
        now = freeze.fingerprint(root, names)
    except ConfigError as problem:
        return {str(problem.file): "it is gone"}
    if now.sha256 == frozen.sha256:
        return {}
    before, after = {f.path: f.sha256 for f in frozen.files}, {f.path: f.sha256 for f in now.files}
    found = {path: "it has changed" for path in before.keys() & after.keys() if before[path] != after[path]}
    found |= dict.fromkeys(before.keys() - after.keys(), "it is gone")
    found |= dict.fromkeys(after.keys() - before.keys(), "it is new")
    return dict(sorted(found.items())) or {
        "run.json": "its digest of the input is not that of the input's files"
    }
