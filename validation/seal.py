"""The seal of a sign-off: digests of its own files, and the test whether all still holds.

Intact: report, signatures and evidence are as they were. Stale: evidence, code, settings or input
changed, a newer dual run exists, or a waiver it rests on has expired. Tampered: the report, a rendering
of it or the log of approvals was edited. Beyond the digests, the page must be what report.json renders to,
the log must be a chain, and the verdict the gate's: a seal made anew over edited files gives itself away.
None of this is a secret: keep the folder under version control to bind it to people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from migrate import files
from migrate.errors import CANNOT_SAY, NO, YES, EvidenceError
from migrate.workspace import Workspace, read_json
from validation import approvals
from validation.gate_record import digest
from validation.input_now import changes
from validation.records import Run, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrate.config import Migration

SEAL = "seal.json"
HTML = "report.html"
JSON = "report.json"
MARKDOWN = "report.md"
PDF = "report.pdf"
SEALED = (HTML, JSON, MARKDOWN, PDF, approvals.LOG)
"""The files of a sign-off; PDF and log are not always there."""
State = Literal["intact", "stale", "tampered"]
EXIT = {"intact": YES, "stale": NO, "tampered": NO, "cannot_say": CANNOT_SAY}


@dataclass(frozen=True)
class Broken:
    """One file that is not as it was."""

    path: str
    state: State
    why: str


@dataclass(frozen=True)
class Found:
    """What `verify` found: the state of the whole, the report's verdict, how it stands, and what is wrong."""

    state: State
    verdict: str
    standing: str
    broken: tuple[Broken, ...]


def close(folder: Path) -> None:
    """Write the seal over the sign-off's files, which lie in `folder` already."""
    there = [name for name in SEALED if (folder / name).is_file()]
    sealed = [{"path": name, "sha256": files.digest_file(folder / name)} for name in there]
    files.write_json(folder / SEAL, {"schema": 1, "renderer": renderer(), "files": sealed})


def renderer() -> str:
    """A digest of what renders a report: another renderer's page may differ, and proves nothing."""
    here = Path(__file__).parent
    parts = [here / "report.py", here / "report_html.py", *sorted((here / "templates").glob("report*"))]
    return hashlib.sha256("".join(files.digest_file(part) for part in parts).encode()).hexdigest()


def verify(migration: Migration, number: str, today: dt.date | None = None) -> Found:
    """Re-compute every digest of a phase's sign-off.

    Args:
        today: the day waivers are held against; None for today (UTC).

    Raises:
        EvidenceError: there is no sealed report, or its seal cannot be read.
    """
    folder = Workspace.of(migration).sign_off(number)
    if not (folder / SEAL).is_file():
        raise EvidenceError(
            f"phase {number} has no sign-off report",
            file=folder,
            remedy=f"Run `migrate sign-off --phase {number}`.",
        )
    broken = [*_edited(folder), *_log(folder)]
    if any(b.path == JSON for b in broken):
        return Found("tampered", "unknown", "unknown", tuple(broken))
    report = read_json(folder / JSON)
    standing = "unknown"
    if not any(b.path == approvals.LOG for b in broken):
        roles = migration.phase(number).approvals
        standing = approvals.standing(approvals.read(folder), files.digest_file(folder / JSON), roles)
        broken += _rendered(folder, roles, {b.path for b in broken})
    broken += _verdict(report, migration)
    broken += _changed(report, migration)
    broken += _expired(report, today or dt.datetime.now(dt.UTC).date())
    state: State = "intact"
    if broken:
        state = "tampered" if any(b.state == "tampered" for b in broken) else "stale"
    return Found(state, str(report["verdict"]), standing, tuple(broken))


def _edited(folder: Path) -> Iterator[Broken]:
    sealed = {entry["path"]: entry["sha256"] for entry in read_json(folder / SEAL).get("files", [])}
    for name in SEALED:
        needed = name in sealed or name in (HTML, JSON)
        if not (folder / name).is_file():
            if needed:
                yield Broken(name, "tampered", "it is gone")
        elif files.digest_file(folder / name) != sealed.get(name):
            words = "it was edited after it was sealed" if needed else "it was put there after the seal"
            yield Broken(name, "tampered", words)


def _log(folder: Path) -> Iterator[Broken]:
    """The chain holds, and every report that was ever signed is still there."""
    broken = list(approvals.breaks(folder))
    yield from (Broken(approvals.LOG, "tampered", words) for words in broken)
    if broken or not (folder / JSON).is_file():
        return
    for sha256 in dict.fromkeys(record.report_sha256 for record in approvals.read(folder)):
        old = folder / approvals.HISTORY / sha256[:16] / JSON
        if sha256 == files.digest_file(folder / JSON):
            continue
        if not old.is_file():
            yield Broken(JSON, "tampered", f"it is not the report that was signed ({sha256[:16]}…)")
        elif files.digest_file(old) != sha256:
            name = f"{approvals.HISTORY}/{sha256[:16]}/{JSON}"
            yield Broken(name, "tampered", "it was edited after it was superseded")


def _rendered(folder: Path, roles: Sequence[str], known: set[str]) -> Iterator[Broken]:
    """The pages say what report.json says: a seal made anew over an edited page does not help it."""
    if read_json(folder / SEAL).get("renderer") != renderer():
        return
    from validation import report_html, report_markdown, report_write

    report = report_write.signed(folder, report_write.load(folder), roles)
    for name, made in ((HTML, report_html.render), (MARKDOWN, report_markdown.render)):
        if name not in known and (folder / name).read_text(encoding="utf-8") != made(report):
            yield Broken(name, "tampered", "it does not say what report.json says")


def _verdict(report: dict[str, Any], migration: Migration) -> Iterator[Broken]:
    """A green report rests on a gate that said green."""
    gate = next((e["path"] for e in report["evidence"] if e["path"].endswith("/gate.json")), None)
    if report["verdict"] != "green":
        return
    try:
        said = read_json(migration.root / (gate or "gate.json")).get("verdict")
    except EvidenceError:
        return  # it is listed as evidence and reported gone
    if said != "green" or report["reasons"]:
        yield Broken(JSON, "tampered", "it says green, and its own reasons or the gate do not")


def _expired(report: dict[str, Any], today: dt.date) -> Iterator[Broken]:
    for waiver in report["waivers"]:
        if waiver["state"] == "in use" and waiver["expires"] < today.isoformat():
            words = f"the waiver for {waiver['gate']} {waiver['scope']} expired on {waiver['expires']}"
            yield Broken("migration.toml", "stale", words)


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
