"""Log files of a dual run: those in its own `logs` folders, the end of long ones, searched whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from validation.dashboard.source import Source

PARTS = ("dagster", "prefect", "parameters/impossible", "parameters/other")
SHOWN = 2000
"""Lines of a log on a page: the last ones, or the last that match."""
LARGEST = 64_000_000
"""Bytes of a log that are read; only the end of a longer one."""
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class LogFile:
    """One log. `name` is its path within the run's folder."""

    name: str
    file: Path
    size: int


@dataclass(frozen=True)
class Lines:
    """(line number, text) of what is shown, out of how many lines and matches."""

    shown: tuple[tuple[int, str], ...]
    total: int
    matching: int
    cut: bool


def log_files(source: Source, run: Path) -> list[LogFile]:
    """The logs of a run that are not empty, links left out."""
    found = []
    for part in PARTS:
        for file in sorted((run / part / "logs").glob("*.log")):
            if file.is_symlink() or not source.inside(file) or not file.is_file():
                continue
            if size := file.stat().st_size:
                found.append(LogFile(f"{part}/{file.name}", file, size))
    return found


def read_lines(log: LogFile, wanted: str = "") -> Lines:
    """The last lines of a log, or the last that hold a text (no matter its case)."""
    with log.file.open("rb") as stream:
        if log.size > LARGEST:
            stream.seek(log.size - LARGEST)
        content = stream.read(LARGEST).decode(errors="replace")
    lines = [(n, ESCAPES.sub("", line)) for n, line in enumerate(content.split("\n"), start=1)]
    if lines and not lines[-1][1]:
        lines.pop()
    word = wanted.casefold()
    matching = [entry for entry in lines if word in entry[1].casefold()] if word else lines
    return Lines(tuple(matching[-SHOWN:]), len(lines), len(matching), log.size > LARGEST)
