"""Writing a sign-off: report.json is what is signed; the other files are renderings of it and of the log.

A report that somebody signed is never lost: when another takes its place, its files move to
`history/<digest>/` and the log says that it was superseded.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from migrate import files
from migrate.errors import EvidenceError
from migrate.workspace import Workspace, read_json
from validation import approvals, report_html, report_markdown, report_pdf, seal
from validation.report import Approval, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from migrate.config import Migration
    from validation.approvals import Action, Signature

VOLATILE = ("generated", "approvals")
"""Fields that may differ in a report that says the same."""


def write(migration: Migration, report: Report) -> Report:
    """Write every file of a phase's sign-off and seal them.

    Returns:
        the report as it stands: the one already there when it says the same, so that its approvals hold.

    Raises:
        EvidenceError: the log of approvals cannot be read.
        ChangeoverError: it does not add up, and a signed report would have to be superseded.
    """
    folder = Workspace.of(migration).sign_off(report.phase)
    old = _sealed(folder)
    if old is not None and _says(old) == _says(report):
        report = old
    else:
        if old is not None:
            _supersede(folder, old)
        (folder / seal.SEAL).unlink(missing_ok=True)  # a half-written report is never sealed
        report = replace(report, approvals=_lines(approvals.read(folder), ""))
        files.write_json(folder / seal.JSON, report.to_json())
    return render(folder, report, migration.phase(report.phase).approvals)


def sign(
    migration: Migration, number: str, action: Action, *, by: str, role: str, comment: str
) -> tuple[Signature, Report]:
    """Add a signature to the log and render the report anew with it.

    Raises:
        EvidenceError: there is no report.
        ChangeoverError: the log does not add up.
    """
    folder = Workspace.of(migration).sign_off(number)
    report = load(folder)
    about = _about(folder, report)
    signature = approvals.append(folder, action, about, by=by, role=role, comment=comment)
    return signature, render(folder, report, migration.phase(number).approvals)


def render(folder: Path, report: Report, roles: Sequence[str]) -> Report:
    """Write HTML, Markdown and PDF of the report in `folder` with its signatures, and seal all."""
    report = signed(folder, report, roles)
    files.write_text(folder / seal.HTML, report_html.render(report))
    files.write_text(folder / seal.MARKDOWN, report_markdown.render(report))
    page = report_pdf.render(report)
    if page is None:
        (folder / seal.PDF).unlink(missing_ok=True)
    else:
        files.write_bytes(folder / seal.PDF, page)
    seal.close(folder)
    return report


def signed(folder: Path, report: Report, roles: Sequence[str]) -> Report:
    """The report with what the log says of it."""
    log, sha256 = approvals.read(folder), files.digest_file(folder / seal.JSON)
    return replace(
        report,
        approvals=_lines(log, sha256),
        standing=approvals.standing(log, sha256, roles),
        roles=tuple(roles),
    )


def load(folder: Path) -> Report:
    """The report of report.json.

    Raises:
        EvidenceError: missing or of another shape.
    """
    try:
        return TypeAdapter(Report).validate_python(read_json(folder / seal.JSON))
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{where}: {first['msg']}", file=folder / seal.JSON) from None


def _sealed(folder: Path) -> Report | None:
    """The report that is there, unless it was edited: then it is nobody's to keep."""
    try:
        sealed = {e["path"]: e["sha256"] for e in read_json(folder / seal.SEAL)["files"]}
        if files.digest_file(folder / seal.JSON) != sealed.get(seal.JSON):
            return None
        return load(folder)
    except (EvidenceError, OSError, KeyError, TypeError):
        return None


def _says(report: Report) -> dict[str, object]:
    return {name: value for name, value in report.to_json().items() if name not in VOLATILE}


def _supersede(folder: Path, old: Report) -> None:
    about = _about(folder, old)
    log = approvals.read(folder)
    if not approvals.latest(log, about["sha256"]):
        return
    approvals.append(folder, "superseded", about, comment="a newer report took its place")
    place = folder / approvals.HISTORY / about["sha256"][:16]
    place.mkdir(parents=True, exist_ok=True)
    for name in (seal.JSON, seal.HTML, seal.MARKDOWN, seal.PDF):
        if (folder / name).is_file():
            shutil.copy(folder / name, place / name)


def _about(folder: Path, report: Report) -> dict[str, str]:
    return {
        "phase": report.phase,
        "verdict": report.verdict,
        "run": report.run.id if report.run else "",
        "sha256": files.digest_file(folder / seal.JSON),
    }


def _lines(log: Sequence[Signature], sha256: str) -> tuple[Approval, ...]:
    return tuple(
        Approval(
            by=s.by,
            role=s.role,
            at=s.at,
            comment=s.comment,
            action=s.action,
            report_sha256=s.report_sha256,
            current=s.report_sha256 == sha256,
        )
        for s in log
    )
