"""Who signed what: a log that only grows, each record bound to the one before it and to its report.

One JSON object a line. `previous` is the SHA-256 of the line before (64 zeros for the first), `report_sha256`
that of the report.json that was signed: changing, moving or removing a line breaks every line after it,
and the seal holds the digest of the whole. A report that is replaced keeps its records and its files.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter, ValidationError

from migrate import files
from migrate.errors import ChangeoverError, EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LOG = "approvals.jsonl"
HISTORY = "history"
FIRST = "0" * 64
Action = Literal["approved", "rejected", "superseded"]
Standing = Literal["open", "partly approved", "approved", "rejected"]


@dataclass(frozen=True)
class Signature:
    """One record: an approval, a rejection, or that a newer report took the place of a signed one."""

    schema: int
    number: int
    at: str
    action: Action
    phase: str
    report_sha256: str
    verdict: str
    run: str
    by: str
    role: str
    comment: str
    previous: str


def read(folder: Path) -> list[Signature]:
    """Every record in its order; none when nobody has signed yet.

    Raises:
        EvidenceError: a line is no record of this log.
    """
    return [_parsed(line, number, folder / LOG) for number, line in enumerate(_lines(folder), start=1)]


def _lines(folder: Path) -> list[str]:
    file = folder / LOG
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _parsed(line: str, number: int, file: Path) -> Signature:
    try:
        return TypeAdapter(Signature).validate_json(line)
    except ValidationError as problem:
        said = problem.errors()[0]["msg"]
        raise EvidenceError(f"this line is no record of the log: {said}", file=file, line=number) from None


def append(
    folder: Path,
    action: Action,
    report: dict[str, str],
    *,
    by: str = "",
    role: str = "",
    comment: str = "",
) -> Signature:
    """Add one record.

    Args:
        folder: the sign-off's folder.
        report: what is signed: `phase`, `verdict`, `run` and `sha256` of its report.json.

    Raises:
        ChangeoverError: the log does not add up; nothing is added to it then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        broken = list(breaks(folder))
        if broken:
            raise ChangeoverError(f"the log of approvals does not add up: {broken[0]}", file=folder / LOG)
        lines = _lines(folder)
        signature = Signature(
            schema=1,
            number=len(lines) + 1,
            at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            action=action,
            report_sha256=report["sha256"],
            **{name: report[name] for name in ("phase", "verdict", "run")},
            by=by,
            role=role,
            comment=comment,
            previous=_digest(lines[-1]) if lines else FIRST,
        )
        lines.append(json.dumps(asdict(signature), ensure_ascii=False))
        files.write_text(folder / LOG, "\n".join(lines) + "\n")
    return signature


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two people who sign at once get two records."""
    with (folder / ".lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def breaks(folder: Path) -> Iterator[str]:
    """Where the chain is broken, in words; nothing when it holds."""
    previous = FIRST
    for number, line in enumerate(_lines(folder), start=1):
        try:
            record = _parsed(line, number, folder / LOG)
        except EvidenceError as problem:
            yield f"line {number}: {problem.cause}"
        else:
            if record.previous != previous:
                yield f"line {number} does not follow from the line before it"
            if record.number != number:
                yield f"line {number} calls itself number {record.number}"
        previous = _digest(line)


def latest(log: Sequence[Signature], report_sha256: str) -> list[Signature]:
    """What each person said last of one report, in the order of their last words."""
    last: dict[str, Signature] = {}
    for record in log:
        if record.report_sha256 == report_sha256 and record.action != "superseded":
            name = record.by.casefold()
            last.pop(name, None)
            last[name] = record
    return list(last.values())


def standing(log: Sequence[Signature], report_sha256: str, roles: Sequence[str]) -> Standing:
    """How a report stands.

    Rejected while anybody's last word on it is a rejection; approved when every role that the phase
    asks for has signed (without such roles: when anybody has).
    """
    said = latest(log, report_sha256)
    if any(record.action == "rejected" for record in said):
        return "rejected"
    signed = {record.role for record in said}
    if not signed:
        return "open"
    return "approved" if signed.issuperset(roles) else "partly approved"
