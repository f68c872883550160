"""Old run folders away: never evidence, never what a gate would read, never while one runs."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from migrate.workspace import Workspace, read_json
from shims.prechecks import only_run

if TYPE_CHECKING:
    from migrate.config import Migration

RUN_ID = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{4}")


@dataclass(frozen=True)
class Pruned:
    """What was removed, what was kept and why, and the bytes that are free again."""

    removed: tuple[str, ...]
    kept: dict[str, str]
    bytes: int


def prune(migration: Migration, keep: int) -> Pruned:
    """Remove all run folders but the newest `keep` and those that something still rests on.

    Raises:
        SideError: a run is going on.
    """
    workspace = Workspace.of(migration)
    with only_run(workspace.state, "pruning"):
        kept = _kept(workspace, keep)
        removed, freed = [], 0
        for folder in _folders(workspace):
            if folder.name not in kept:
                freed += sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file())
                shutil.rmtree(folder)
                removed.append(folder.name)
    return Pruned(tuple(removed), kept, freed)


def _folders(workspace: Workspace) -> list[Path]:
    found = workspace.runs.iterdir() if workspace.runs.is_dir() else ()
    return sorted((p for p in found if RUN_ID.fullmatch(p.name)), reverse=True)


def _kept(workspace: Workspace, keep: int) -> dict[str, str]:
    """Run id -> why it stays; the strongest reason is the one that is said."""
    folders = _folders(workspace)
    found = {folder.name: f"one of the newest {keep}" for folder in folders[:keep]}
    phases: set[str] = set()
    for folder in folders:
        phase = _phase(folder)
        if phase is not None and phase not in phases:
            phases.add(phase)
            found[folder.name] = f"the newest of phase {phase}: its gate reads it"
    if folders and not (folders[0] / "run.json").exists():
        found[folders[0].name] = "interrupted: --resume goes on with it"
    present = {folder.name for folder in folders}
    named = {run: file for run, file in _named_in(workspace).items() if run in present}
    return {**found, **{run: f"evidence: {file} names it" for run, file in named.items()}}


def _phase(folder: Path) -> str | None:
    try:
        phase = read_json(folder / "run.json").get("phase")
    except EvidenceError:
        return None
    return None if phase is None else str(phase)


def _named_in(workspace: Workspace) -> dict[str, str]:
    """Run id -> the first record of the state folder, outside the runs, that speaks of it (a sign-off, …)."""
    found: dict[str, str] = {}
    for file in sorted(workspace.state.rglob("*.json*")):
        if file.is_relative_to(workspace.runs) or file.is_relative_to(workspace.baseline):
            continue
        name = file.relative_to(workspace.state).as_posix()
        for run_id in RUN_ID.findall(file.read_text(encoding="utf-8", errors="replace")):
            found.setdefault(run_id, name)
    return found
