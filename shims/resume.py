"""Going on with an interrupted dual run: what was finished is kept, if nothing it was made from changed.

A side that was through keeps everything. A side that was in the middle goes back to the copy of its outputs
that it made after its last finished year, and runs the years after that one. Anything else runs again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import EvidenceError
from migrate.files import digest_file, digest_tree, write_text
from migrate.workspace import Workspace
from shims import freeze
from shims.ledger import Record, read_ledger
from shims.processes import NOTHING, Outcome, kill_stragglers

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.ledger import Ledger
    from shims.run_plan import RunPlan, SidePlan

LATEST = "latest"


@dataclass(frozen=True)
class Kept:
    """What of a side need not run again: all of it (`done`) or the first years, with what it told of them."""

    done: bool
    years: tuple[int, ...]
    code: str
    events: tuple[dict[str, Any], ...] = ()
    main: Outcome = NOTHING
    prepared: Outcome = field(default=NOTHING)


@dataclass(frozen=True)
class Unfinished:
    """An interrupted dual run, and what it was asked to do."""

    run_id: str
    years: tuple[int, ...]
    phase: int | str | None
    sequential: bool
    time_limit: float


def find(migration: Migration, wanted: str) -> Unfinished:
    """The interrupted run of that id; `latest`: the newest one.

    Raises:
        EvidenceError: there is none, or it ran to its end.
    """
    runs = Workspace.of(migration).runs
    names = [p.parent.name for p in runs.glob("*/ledger.jsonl") if not (p.parent / "run.json").exists()]
    name = max(names, default="") if wanted == LATEST else wanted
    if name not in names:
        cause = "no dual run was interrupted" if wanted == LATEST else f"{wanted} is no interrupted dual run"
        raise EvidenceError(
            cause, file=runs, remedy="Start one with --phase N or --years A-B; a finished run is left alone."
        )
    start = _start(read_ledger(runs / name / "ledger.jsonl"), runs / name)
    return Unfinished(
        name,
        tuple(start["years"]),
        start["phase"],
        bool(start.get("sequential")),
        float(start.get("time_limit", 3600.0)),
    )


def _start(records: Sequence[Record], folder: Path) -> dict[str, Any]:
    if not records or records[0].what != "start":
        raise EvidenceError(
            "this run stopped before it began", file=folder, remedy="There is nothing to resume: start anew."
        )
    return records[0].facts


def keep(plan: RunPlan, ledger: Ledger) -> dict[str, Kept]:
    """Make the folder ready to go on; what each side keeps. Sides that keep nothing are missing."""
    kill_stragglers(plan.run_id)  # a supervisor that was killed may have left some
    records = _mended(ledger.path)
    changed = _changed(plan, records)
    found = {}
    for side in plan.sides:
        reason = changed.get(side.name, "")
        kept = None if reason else _kept(plan, side, records)
        years = list(kept.years) if kept else []
        ledger.add("resumed", side.name, kept=years, done=bool(kept and kept.done), reason=reason)
        _lay_out(side, kept)
        if kept is not None:
            found[side.name] = kept
    shutil.rmtree(plan.folder / "parameters", ignore_errors=True)
    return found


def _mended(path: Path) -> list[Record]:
    """The ledger's records; a last line torn by a kill is cut off, so that the next one stands alone."""
    text = path.read_bytes()
    whole = text[: text.rfind(b"\n") + 1]
    if whole != text:
        os.truncate(path, len(whole))
    return read_ledger(path)


def _changed(plan: RunPlan, records: Sequence[Record]) -> dict[str, str]:
    """Side -> what of its making is no longer as it was when the run began; empty: all is."""
    migration, found = plan.migration, dict[str, str]()
    source = freeze.fingerprint(migration.root, migration.input.freeze).sha256
    config = _start(records, plan.folder).get("config_sha256")
    for side in plan.sides:
        frozen = [r.facts for r in records if r.what == "frozen" and r.side == side.name]
        if not frozen:
            found[side.name] = "it was not frozen yet"
        elif config != digest_file(migration.file):
            found[side.name] = "migration.toml has changed"
        elif frozen[-1]["sha256"] != source:
            found[side.name] = "the inputs have changed"
        elif frozen[-1]["code"] != digest_tree(migration.root / side.root):
            found[side.name] = "its code has changed"
    return found


def _kept(plan: RunPlan, side: SidePlan, records: Sequence[Record]) -> Kept | None:
    events = _events(side.paths.events)
    code = next(r.facts["code"] for r in reversed(records) if r.what == "frozen" and r.side == side.name)
    ended = [r.facts for r in records if r.what == "side_ended" and r.side == side.name]
    if ended and ended[-1]["through"] and ended[-1]["database_sha256"] == _digest(side.database):
        exits = {r.facts["command"]: r.facts for r in records if r.what == "exit" and r.side == side.name}
        prepared = [_outcome(facts) for name, facts in exits.items() if name != "side"]
        total = NOTHING
        for one in prepared:
            total = total.plus(one)
        return Kept(True, plan.years, code, tuple(events), _sum(_outcome(exits["side"]), side, events), total)
    return _first_years(plan, side, events, code)


def _first_years(plan: RunPlan, side: SidePlan, events: Sequence[dict[str, Any]], code: str) -> Kept | None:
    """The years up to the newest copy of the outputs that was made whole."""
    copies = [p.name for p in side.paths.kept.glob("*") if p.name.isdigit()]
    if not copies:
        return None
    last = plan.years.index(int(max(copies, key=int)))
    years = plan.years[: last + 1]
    told = [e for e in events if e.get("year") in years or e.get("event") == "side_started"]
    finished = [e for e in told if e.get("event") == "year_finished" and e.get("ok")]
    if {e["year"] for e in finished} != set(years):
        return None
    cpu, wall = (sum(e.get(key, 0.0) for e in finished) for key in ("cpu_seconds", "seconds"))
    return Kept(False, years, code, tuple(told), Outcome(0, round(cpu, 3), round(wall, 3), 0))


def _sum(main: Outcome, side: SidePlan, events: Sequence[dict[str, Any]]) -> Outcome:
    """A side that was itself resumed: its last process, and the years it had kept then."""
    before = [e for e in events if e.get("event") == "year_finished" and e.get("kept")]
    cpu, wall = (sum(e.get(key, 0.0) for e in before) for key in ("cpu_seconds", "seconds"))
    return main.plus(Outcome(0, cpu, wall, 0))


def _lay_out(side: SidePlan, kept: Kept | None) -> None:
    """Leave of the side's folder what is kept, and nothing that the killed attempt half wrote."""
    if kept is not None and kept.done:
        return
    if kept is None:
        for name in ("work", "out", "home", "scratch", "kept"):
            shutil.rmtree(side.paths.base / name, ignore_errors=True)
        side.paths.events.unlink(missing_ok=True)
        return
    for name in ("work", "out", "scratch"):
        shutil.rmtree(side.paths.base / name, ignore_errors=True)
    shutil.copytree(side.paths.kept / str(kept.years[-1]), side.paths.out, symlinks=True)
    lines = [json.dumps({**e, "kept": True} if e.get("event") == "year_finished" else e) for e in kept.events]
    write_text(side.paths.events, "".join(f"{line}\n" for line in lines))


def _events(path: Path) -> list[dict[str, Any]]:
    from shims.side_run import EventTail

    return EventTail(path).read()


def _outcome(facts: dict[str, Any]) -> Outcome:
    names = ("exit", "cpu_seconds", "wall_seconds", "max_rss_bytes", "ended_by")
    return Outcome(**{name: facts[name] for name in names})


def _digest(path: Path) -> str:
    return digest_file(path) if path.is_file() else ""
