"""The ledger of a dual run: what happened, in order, safe on disk before the next thing happens.

JSON Lines, appended only, fsync per record: readable after a crash at any moment. Each record is
`{"at": ISO time in UTC, "what": kind, "side": name, …facts}`, where the
side is "dagster", "prefect", "parameters" (the proof after the main run) or empty (the run as a whole).
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from migrate.errors import EvidenceError


@dataclass(frozen=True)
class Record:
    """One line: when, what, which side (empty: both), and the facts that go with it."""

    at: str
    what: str
    side: str
    facts: dict[str, Any]


class Ledger:
    """The writing end. A full disk stops the writing, never the run: see `broken`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.broken = ""
        """Why records are missing; empty as long as none is."""
        self._file = path.open("ab", buffering=0)

    def add(self, what: str, side: str = "", **facts: Any) -> None:
        """Append one record and see it to the disk."""
        record = {"at": now(), "what": what, "side": side, **facts}
        line = json.dumps(record, ensure_ascii=False, default=str) + "\n"
        try:
            self._file.write(line.encode())
            os.fsync(self._file.fileno())
        except OSError as problem:
            self.broken = self.broken or f"{problem.strerror} at {record['at']}"

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def now() -> str:
    """This moment, ISO 8601 in UTC with milliseconds."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def read_ledger(path: Path) -> list[Record]:
    """The records of a ledger, in order. A last line torn by a crash is left out.

    Raises:
        EvidenceError: the file is missing, or a line before the last is no record.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        raise EvidenceError("there is no ledger", file=path) from None
    records = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            value = json.loads(line)
            records.append(Record(value.pop("at"), value.pop("what"), value.pop("side"), value))
        except (ValueError, KeyError, AttributeError) as problem:
            if number == len(lines):  # no newline after it: it was being written
                break
            raise EvidenceError(f"this line is no ledger record: {problem}", file=path, line=number) from None
    return records
