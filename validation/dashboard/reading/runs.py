"""Every dual run in one line: what both sides did, what parity and gate said, what is wrong.

Runs without a run.json are told by their ledger: still going on, or stopped.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from migrate.workspace import read_json
from validation.dashboard.reading.ledger import Read, read_ledger
from validation.dashboard.reading.values import moment, number, rows, table, text, whole, years

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from validation.dashboard.source import Source

SIDES = ("dagster", "prefect")
QUIET_SECONDS = 300
"""A run whose ledger has said nothing for so long is shown as stopped."""


@dataclass(frozen=True)
class Tally:
    """One check of one side over the years of a run. `failed` are the years it failed in."""

    passed: int
    failed: tuple[str, ...]
    severity: str


@dataclass(frozen=True)
class SideLine:
    """One side of a run. Seconds, bytes; None where it was not measured."""

    status: str
    reason: str = ""
    cpu: float | None = None
    wall: float | None = None
    server: float | None = None
    memory: float | None = None
    tables: int = 0
    rows: int = 0
    checks: Mapping[tuple[str, str], Tally] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    by_table: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RunLine:
    """One dual run. `state`: complete, running, stopped or unreadable; `note` says more in words."""

    id: str
    state: str
    folder: Path
    phase: str = ""
    years: tuple[int, ...] = ()
    started: str = ""
    finished: str = ""
    commit: str = ""
    sides: Mapping[str, SideLine] = field(default_factory=dict)
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is complete and both sides succeeded."""
        return self.state == "complete" and all(
            self.sides.get(name, SideLine("not_run")).status == "succeeded" for name in SIDES
        )

    @property
    def ratio(self) -> float | None:
        """CPU seconds of the target for one of the legacy's; None unless both succeeded."""
        if not self.ok or not self.sides["dagster"].cpu or self.sides["prefect"].cpu is None:
            return None
        return self.sides["prefect"].cpu / self.sides["dagster"].cpu


@dataclass(frozen=True)
class Verdicts:
    """What was made of a run later. `parity`: equal, different or empty; `gate`: its verdict or empty."""

    parity: str = ""
    tables: int = 0
    differing: int = 0
    gate: str = ""
    decided: str = ""


def run_lines(source: Source) -> list[RunLine]:
    """All dual runs, newest first."""
    folder = source.workspace.runs
    if not folder.is_dir() or not source.inside(folder):
        return []
    names = sorted((p.name for p in folder.iterdir() if p.is_dir() and not p.is_symlink()), reverse=True)
    found = (run_line(source, folder / name) for name in names)
    return [line for line in found if line]


def run_line(source: Source, folder: Path) -> RunLine | None:
    """One dual run; None for a folder that holds neither a record nor a ledger."""
    record, ledger = folder / "run.json", folder / "ledger.jsonl"
    try:
        line: RunLine = source.cached(record, "line", _complete)
    except FileNotFoundError:
        return _unfinished(source, folder) if ledger.is_file() else None
    except OSError as problem:
        return RunLine(folder.name, "unreadable", folder, note=f"run.json: {problem.strerror}")
    return line


def _complete(file: Path) -> RunLine:
    from migrate.errors import EvidenceError

    folder = file.parent
    try:
        record = read_json(file)
    except (EvidenceError, UnicodeDecodeError) as problem:
        return RunLine(
            folder.name, "unreadable", folder, note=f"run.json: {problem}".replace(f"{file}: ", "")
        )
    return RunLine(
        id=folder.name,
        state="complete",
        folder=folder,
        phase=text(record.get("phase")),
        years=years(record.get("years")),
        started=text(record.get("started")),
        finished=text(record.get("finished")),
        commit=text(record.get("commit")),
        sides={name: _side(table(table(record.get("sides")).get(name))) for name in SIDES},
    )


def _side(side: dict[str, Any]) -> SideLine:
    outputs = rows(side.get("outputs"))
    return SideLine(
        status=text(side.get("status")) or "not_run",
        reason=text(side.get("reason")),
        cpu=number(side.get("cpu_seconds")),
        wall=number(side.get("wall_seconds")),
        server=number(side.get("server_cpu_seconds")),
        memory=number(side.get("max_rss_bytes")),
        tables=len(outputs),
        rows=sum(whole(output.get("rows")) for output in outputs),
        checks=tallies(rows(side.get("checks"))),
        by_table={sys.intern(text(o.get("table"))): whole(o.get("rows")) for o in outputs},
        versions={name: text(v) for name, v in table(side.get("versions")).items()},
    )


def tallies(checks: list[dict[str, Any]]) -> dict[tuple[str, str], Tally]:
    """(asset, check) → its verdicts over the years."""
    found: dict[tuple[str, str], tuple[int, list[str], str]] = {}
    for check in checks:
        key = (text(check.get("asset")), text(check.get("check")))
        passed, failed, _ = found.get(key, (0, [], ""))
        if check.get("passed") is True:
            passed += 1
        else:
            failed = [*failed, text(check.get("year"))]
        found[key] = (passed, failed, text(check.get("severity")))
    return {key: Tally(p, tuple(f), s) for key, (p, f, s) in found.items()}


def _unfinished(source: Source, folder: Path) -> RunLine:
    try:
        read: Read = source.cached(folder / "ledger.jsonl", "ledger-line", read_ledger)
    except OSError as problem:
        return RunLine(folder.name, "unreadable", folder, note=f"ledger.jsonl: {problem.strerror}")
    if not read.records:
        note = read.trouble or "its ledger is empty"
        return RunLine(folder.name, "unreadable", folder, note=note)
    first, last = read.records[0], read.records[-1]
    start = first.facts if first.what == "start" else {}
    quiet = _age(last.at) > QUIET_SECONDS
    ended = last.what == "end"
    note = f"last word: {last.what}{f' ({last.side})' if last.side else ''} at {last.at}"
    return RunLine(
        id=folder.name,
        state="stopped" if ended or quiet else "running",
        folder=folder,
        phase=text(start.get("phase")),
        years=years(start.get("years")),
        started=first.at,
        commit=text(start.get("commit")),
        sides={name: SideLine(_side_state(read, name, over=ended or quiet)) for name in SIDES},
        note=f"{note}; {read.trouble}" if read.trouble else note,
    )


def _side_state(read: Read, side: str, *, over: bool) -> str:
    """As far as the ledger tells it."""
    told = [r for r in read.records if r.side == side]
    if not told:
        return "not_run"
    for record in reversed(told):
        if record.what == "judged":
            return text(record.facts.get("status"))
        if record.what == "side_ended":
            return "succeeded" if record.facts.get("through") is True else "failed"
    return "stopped" if over else "running"


def _age(at: str) -> float:
    found = moment(at)
    return (dt.datetime.now(dt.UTC) - found).total_seconds() if found else float("inf")


def verdicts(source: Source, run: RunLine) -> Verdicts:
    """What parity and gate said of a run; empty where they have not spoken."""
    parity = _kept(source, run.folder / "parity.json", "parity-line", _parity)
    gate = _kept(source, run.folder / "gate.json", "gate-line", _gate)
    said, tables, differing = parity or ("", 0, 0)
    verdict, decided = gate or ("", "")
    return Verdicts(said, tables, differing, verdict, decided)


def _kept(source: Source, file: Path, kind: str, read: Any) -> Any:
    try:
        return source.cached(file, kind, read)
    except OSError:
        return None


def _parity(file: Path) -> tuple[str, int, int]:
    record = _object(file)
    if record is None:
        return "unreadable", 0, 0
    found = rows(record.get("tables"))
    differing = sum(t.get("verdict") != "equal" for t in found)
    return ("equal" if record.get("equal") is True else "different"), len(found), differing


def _gate(file: Path) -> tuple[str, str]:
    record = _object(file)
    if record is None:
        return "unreadable", ""
    return text(record.get("verdict")), text(record.get("decided"))


def _object(file: Path) -> dict[str, Any] | None:
    from validation.dashboard.source import as_object, parse

    return as_object(parse(file))
