"""The last N dual runs of the phase finished on both sides, on today's code, into databases of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from migrate.workspace import Workspace
from validation.evidence import SIDES
from validation.facts import Fact, naming
from validation.records import Run, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from validation.evidence import Evidence

GATE = "in-a-row"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """One fact: how many runs before the judged one, which has a gate of its own, finished without a gap."""
    wanted = evidence.phase.dual_runs_in_a_row
    good, why = _streak(evidence, wanted)
    yield Fact(
        GATE,
        "dual runs",
        f"the last {wanted} finished on both sides" if wanted > 1 else "none asked for beside the judged one",
        f"{len(good)} in a row",
        float(wanted - len(good)),
        detail=why if len(good) < wanted else naming(good),
        evidence=evidence.name(evidence.folder / "run.json"),
        asked=wanted > 1,
    )


def _streak(evidence: Evidence, wanted: int) -> tuple[list[str], str]:
    """The run ids that count, newest first, and what ended the row."""
    good = [evidence.folder.name]
    seen = {evidence.side(name).database_sha256 or "" for name in SIDES}
    for folder in _backwards(evidence):
        if len(good) == wanted:
            break
        trouble = _trouble(folder, evidence, seen)
        if trouble:
            return good, f"{folder.name}: {trouble}"
        good.append(folder.name)
    return good, "there is no earlier dual run of this phase"


def _backwards(evidence: Evidence) -> Iterator[Path]:
    """The phase's run folders before the judged one, newest first, unfinished ones among them."""
    runs = Workspace.of(evidence.migration).runs
    for folder in sorted((f for f in runs.iterdir() if f.is_dir()), reverse=True):
        if folder.name < evidence.folder.name and _phase(folder) == evidence.number:
            yield folder


def _phase(folder: Path) -> str:
    """Which phase a run is of; the ledger's first line tells it of one that never finished."""
    for name in ("run.json", "ledger.jsonl"):
        try:
            with (folder / name).open(encoding="utf-8") as stream:
                text = stream.read() if name == "run.json" else stream.readline()
            return str(json.loads(text).get("phase"))
        except (OSError, ValueError, AttributeError):
            continue
    return ""


def _trouble(folder: Path, evidence: Evidence, seen: set[str]) -> str:
    if not (folder / "run.json").is_file():
        return "it did not finish"
    try:
        run = read(folder / "run.json", Run)
    except EvidenceError as problem:
        return problem.cause
    for name in SIDES:
        side = run.sides.get(name)
        if side is None or side.status != "succeeded":
            return f"the {name} side {side.status.replace('_', ' ') if side else 'did not run'}"
        if run.code.get(name) != evidence.code_sha256(name):
            return f"it ran other code of the {name} side"
        if not side.database_sha256 or side.database_sha256 in seen:
            return f"its {name} database is that of another run: one run counts once"
        seen.add(side.database_sha256)
    missing = [str(y) for y in evidence.phase.years if y not in run.years]
    return f"it left out {naming(missing)}" if missing else ""
