"""The record of every move: JSON Lines, appended only, each line bound to the one before it by SHA-256.

It lies beside routing.toml and belongs under version control with it: `routing.log.jsonl`. A record is
`{"at", "move", "who", "why", "assets": {key: [from, to]}, "evidence", "routing_sha256", "previous"}`.
"""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate.errors import EvidenceError

FILE_NAME = "routing.log.jsonl"
FIRST = "0" * 64


@dataclass(frozen=True)
class Move:
    """One recorded step. `assets` are (from, to) by key; `evidence` names the gate it stands on, if any."""

    at: str
    move: str
    who: str
    why: str
    assets: Mapping[str, tuple[str, str]]
    evidence: Mapping[str, Any] | None
    routing_sha256: str


def log_file(folder: Path) -> Path:
    """Where the moves of a migration are recorded."""
    return folder / FILE_NAME


def append(
    file: Path,
    move: str,
    assets: Mapping[str, tuple[str, str]],
    *,
    why: str,
    routing_text: str,
    evidence: Mapping[str, Any] | None = None,
    who: str = "",
) -> dict[str, Any]:
    """Append one record and see it to the disk; it is returned.

    Raises:
        EvidenceError: the records before it do not hold together: nothing may be added to them.
    """
    lines = _lines(file)
    read(file)
    record = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "move": move,
        "who": who or whoever(),
        "why": why,
        "assets": {key: list(step) for key, step in sorted(assets.items())},
        "evidence": dict(evidence) if evidence else None,
        "routing_sha256": digest(routing_text),
        "previous": digest(lines[-1]) if lines else FIRST,
    }
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return record


def read(file: Path) -> list[Move]:
    """All moves, oldest first; none when nothing was moved yet.

    Raises:
        EvidenceError: a line is no record, was edited, or one is missing: names the line.
    """
    found, before = [], FIRST
    for number, line in enumerate(_lines(file), start=1):
        try:
            record = json.loads(line)
            previous = record.pop("previous")
            record["assets"] = {key: (a, b) for key, (a, b) in record["assets"].items()}
            move = Move(**record)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise EvidenceError(
                f"this line is no record of a move: {problem}", file=file, line=number
            ) from None
        if previous != before:
            raise EvidenceError(
                "the line before this one was edited or taken out",
                file=file,
                line=number,
                remedy="Restore the file from version control: it is only ever appended to.",
            )
        found.append(move)
        before = digest(line)
    return found


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def whoever() -> str:
    """The user of this machine who runs the command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    if text and not text.endswith("\n"):
        raise EvidenceError("its last line is torn", file=file, remedy="Restore it from version control.")
    return text.splitlines()
