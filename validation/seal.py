"""The seal of a sign-off: digests of the report's own files, and the test whether all still holds.

Intact: report and evidence are as they were. Stale: the evidence, code, settings or input changed, or
a newer dual run exists. Tampered: the report itself was edited. The seal finds mistakes and careless edits;
it holds no secret, so keep the folder under version control to bind it to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from migrate import files
from migrate.errors import CANNOT_SAY, NO, YES, EvidenceError
from migrate.workspace import Workspace, read_json
from validation.gate_record import digest
from validation.input_now import changes
from validation.records import Run, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from migrate.config import Migration

SEAL = "seal.json"
HTML = "report.html"
JSON = "report.json"
State = Literal["intact", "stale", "tampered"]
EXIT = {"intact": YES, "stale": NO, "tampered": NO, "cannot_say": CANNOT_SAY}


@dataclass(frozen=True)
class Broken:
    """One file that is not as it was."""

    path: str
    state: State
    why: str


def close(folder: Path) -> None:
    """Write the seal over the report's files, which lie in `folder` already."""
    sealed = [{"path": name, "sha256": files.digest_file(folder / name)} for name in (HTML, JSON)]
    files.write_json(folder / SEAL, {"schema": 1, "files": sealed})


def verify(migration: Migration, number: str) -> tuple[State, str, list[Broken]]:
    """Re-compute every digest of a phase's sign-off.

    Returns:
        the state of the whole, the verdict the report gives, and every file that is not as it was.

    Raises:
        EvidenceError: there is no sealed report.
    """
    folder = Workspace.of(migration).sign_off(number)
    if not (folder / SEAL).is_file():
        raise EvidenceError(
            f"phase {number} has no sign-off report",
            file=folder,
            remedy=f"Run `migrate sign-off --phase {number}`.",
        )
    broken = list(_edited(folder))
    if any(b.path == JSON for b in broken):
        return "tampered", "unknown", broken
    report = read_json(folder / JSON)
    broken += _changed(report, migration)
    state: State = "intact"
    if broken:
        state = "tampered" if any(b.state == "tampered" for b in broken) else "stale"
    return state, str(report["verdict"]), broken


def _edited(folder: Path) -> Iterator[Broken]:
    sealed = {entry["path"]: entry["sha256"] for entry in read_json(folder / SEAL).get("files", [])}
    for name in (HTML, JSON):
        if not (folder / name).is_file():
            yield Broken(name, "tampered", "it is gone")
        elif files.digest_file(folder / name) != sealed.get(name):
            yield Broken(name, "tampered", "it was edited after it was sealed")


def _changed(report: dict[str, Any], migration: Migration) -> Iterator[Broken]:
    for entry in report["evidence"]:
        now = digest(migration.root, entry["path"])
        if now != entry["sha256"]:
            yield Broken(entry["path"], "stale", "it has changed" if now else "it is gone")
    if files.digest_file(migration.file) != report["config_sha256"] and not report["evidence"]:
        yield Broken(migration.file.name, "stale", "it has changed")
    yield from _overtaken(report, migration)


def _overtaken(report: dict[str, Any], migration: Migration) -> Iterator[Broken]:
    """The input a run was given, and whether it is still the newest run of its phase."""
    try:
        newest = Workspace.of(migration).latest_run(report["phase"])
    except EvidenceError:
        return  # the run itself is listed as evidence and reported gone
    signed = (report["run"] or {}).get("id")
    if newest.name != signed:
        yield Broken(f"runs/{newest.name}", "stale", "a newer dual run of this phase exists")
        return
    frozen = read(newest / "run.json", Run).input
    for path, words in changes(migration.root, migration.input.freeze, frozen).items():
        yield Broken(path, "stale", f"{words} since the dual run read it")
