"""`migrate sign-off`: write the report someone signs, sign it, and test later whether it still holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate import files
from migrate.config import FILE_NAME, load
from migrate.errors import NO, YES, ChangeoverError, EvidenceError
from migrate.workspace import Workspace, read_json

if TYPE_CHECKING:
    from migrate.config import Migration
    from validation.report import Report
    from validation.seal import Found

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
PHASE = click.option("--phase", metavar="N", help="The phase of migration.toml.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
WORD = {"intact": ("✓", "green"), "stale": ("✗", "yellow"), "tampered": ("✗", "red")}


@dataclass(frozen=True)
class Wish:
    """What the caller wants beside the report."""

    as_json: bool = False
    junit: Path | None = None
    summary: Path | None = None


@click.group(invoke_without_command=True)
@PHASE
@CONFIG
@click.option(
    "--approve", "action", flag_value="approved", help="Sign the report; it must be green and intact."
)
@click.option("--reject", "action", flag_value="rejected", help="Put on record that you do not accept it.")
@click.option("--by", metavar="NAME", help="Who signs.")
@click.option("--role", metavar="ROLE", help="As what.")
@click.option("--comment", default="", help="Why, in words that stay on record.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write the gate's facts here as JUnit XML.")
@click.option("--summary", type=click.Path(path_type=Path), help="Write a Markdown job summary here.")
@AS_JSON
@click.pass_context
def sign_off(
    context: click.Context,
    phase: str | None,
    config: Path,
    action: str | None,
    by: str | None,
    role: str | None,
    comment: str,
    junit: Path | None,
    summary: Path | None,
    as_json: bool,
) -> int:
    """Write a phase's sign-off report (HTML, PDF, Markdown, JSON), or sign the one that is there.

    Exit code 0: the report is green, or your signature is on record; 1: it is red, with every reason,
    or it cannot be approved as it stands; 2: there is no report, or its log does not add up.
    """
    context.obj = (phase, config)
    if context.invoked_subcommand is not None:
        return YES
    migration = load(config)
    if action:
        return _sign(migration, _needed(phase), action, _said(by, "--by"), _said(role, "--role"), comment)
    if by or role or comment:
        raise click.UsageError("--by, --role and --comment go with --approve or --reject.")
    return _write(migration, _needed(phase), Wish(as_json, junit, summary))


@sign_off.command()
@PHASE
@CONFIG
@AS_JSON
@click.pass_context
def verify(context: click.Context, phase: str | None, config: Path, as_json: bool) -> int:
    """Re-compute every digest of a report: intact (0), stale or tampered (1), and which file."""
    from validation import seal

    if context.get_parameter_source("config") is click.core.ParameterSource.DEFAULT:
        config = context.obj[1]
    number = _needed(phase or context.obj[0])
    found = seal.verify(load(config), number)
    if as_json:
        wrong = [{"path": b.path, "state": b.state, "why": b.why} for b in found.broken]
        answer = {"state": found.state, "verdict": found.verdict, "standing": found.standing, "files": wrong}
        click.echo(json.dumps({"schema": 1, "phase": number, **answer}, indent=2, ensure_ascii=False))
    else:
        _tell(found, number)
    return seal.EXIT[found.state]


def _tell(found: Found, number: str) -> None:
    sign, colour = WORD[found.state]
    click.secho(f"{sign} {found.state}", fg=colour, nl=False)
    click.echo(f": phase {number}'s sign-off (its verdict: {found.verdict}; it stands: {found.standing})")
    for entry in found.broken:
        click.echo(f"  {entry.state}: {entry.path}: {entry.why}")


def _needed(phase: str | None) -> str:
    if phase is None:
        raise click.UsageError("Missing option '--phase'.")
    return phase


def _said(value: str | None, option: str) -> str:
    said = " ".join((value or "").split())
    if not said:
        raise click.UsageError(f"Whoever signs gives their name and role: {option} is missing.")
    return said


def _sign(migration: Migration, number: str, action: str, by: str, role: str, comment: str) -> int:
    """Put a signature on record. Nobody can approve what is red, stale or tampered: waive it, or mend it."""
    from validation import approvals, report_write, seal

    roles = migration.phase(number).approvals
    if roles and role not in roles:
        raise ChangeoverError(
            f"phase {number} asks for no signature of a {role}",
            file=migration.file,
            remedy=f"Its roles: {', '.join(roles)}.",
        )
    found = seal.verify(migration, number)
    if found.state == "tampered" or (
        action == "approved" and (found.state, found.verdict) != ("intact", "green")
    ):
        click.secho("✗ not signed", fg="red", nl=False)
        click.echo(f": the report of phase {number} is {found.state} and {found.verdict}")
        for entry in found.broken:
            click.echo(f"  {entry.state}: {entry.path}: {entry.why}")
        return NO
    _once(migration, number, by, role)
    choice: approvals.Action = "approved" if action == "approved" else "rejected"
    signature, report = report_write.sign(
        migration, number, choice, by=by, role=role, comment=comment.strip()
    )
    click.echo(f"{signature.action} by {by}, {role}, {signature.at}: report {signature.report_sha256[:16]}…")
    click.echo(f"the report stands: {report.standing}")
    return YES


def _once(migration: Migration, number: str, by: str, role: str) -> None:
    """One person has one role: two roles mean two pairs of eyes."""
    from validation import approvals, seal

    folder = Workspace.of(migration).sign_off(number)
    sha256 = files.digest_file(folder / seal.JSON)
    for record in approvals.latest(approvals.read(folder), sha256):
        if record.by.casefold() == by.casefold() and record.role != role:
            raise ChangeoverError(f"{by} has signed this report as {record.role}: one person has one role")


def _write(migration: Migration, phase: str, wish: Wish) -> int:
    from validation import report_build, report_write

    report = report_write.write(migration, report_build.build(migration, phase))
    _for_ci(migration, report, wish)
    if wish.as_json:
        click.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        _print(report, Path(migration.state) / "sign-off" / f"phase-{phase}", migration.root)
    return YES if report.verdict == "green" else NO


def _for_ci(migration: Migration, report: Report, wish: Wish) -> None:
    """JUnit XML and job summary: the gate's facts, and what the sign-off itself found against them."""
    from validation import job_summary, junit
    from validation.commands.gate import unanswered
    from validation.decision import GATE_FILE

    run = Workspace.of(migration).run(report.run.id) if report.run else None
    try:
        decided = read_json(run / GATE_FILE) if run else {}
    except EvidenceError:
        decided = {}
    decided = decided or unanswered(report.phase, EvidenceError("the gate has not decided"))
    own = {r.subject: r.message for r in report.reasons if r.gate == "sign-off"}
    if wish.junit:
        files.write_text(wish.junit, junit.render(decided, own))
    if wish.summary:
        verdict = {"green": "green", "red": "red"}[report.verdict]
        reasons = [asdict(reason) for reason in report.reasons]
        told = decided | {"verdict": verdict, "title": report.title, "reasons": reasons}
        files.write_text(wish.summary, job_summary.render(told))


def _print(report: Report, folder: Path, root: Path) -> None:
    from validation import gate_text, seal

    sign, colour = ("✓", "green") if report.verdict == "green" else ("✗", "red")
    click.secho(f"{sign} {report.verdict}", fg=colour, nl=False)
    click.echo(f": phase {report.phase} · {report.title} (it stands: {report.standing})")
    for line in gate_text.reasons([asdict(reason) for reason in report.reasons]):
        click.echo(line)
    for name in (seal.HTML, seal.PDF, seal.MARKDOWN):
        if (root / folder / name).is_file():
            click.echo(f"report: {(folder / name).as_posix()}")
    if not (root / folder / seal.PDF).is_file():
        click.echo("no PDF: ReportLab is not installed; `pip install 'changeover[gate]'` brings it")
