"""Where a target may lie."""

from __future__ import annotations

from pathlib import Path

from migrate.errors import SourceError
from migrate.repeating import RECORD


def refuse_impossible(project: Path, out: Path) -> None:
    """Raise when the target and the source are one in the other, or the target is no folder of ours.

    Raises:
        SourceError: with the remedy.
    """
    source, target = project.resolve(), out.resolve()
    remedy = "Name a folder beside the project."
    if target == source or source in target.parents:
        raise SourceError("the target lies inside the project to convert", file=out, remedy=remedy)
    if target in source.parents:
        raise SourceError("the project to convert lies inside the target", file=out, remedy=remedy)
    if target.exists() and not target.is_dir():
        raise SourceError("the target is a file", file=out, remedy=remedy)
    if target.is_dir() and any(target.iterdir()) and not (target / RECORD).is_file():
        raise SourceError(
            "the target holds files that no conversion wrote",
            file=out,
            remedy="Name an empty folder.",
        )
