"""`migrate sign-off`: write the report someone signs, and test later whether it still holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate import files
from migrate.config import FILE_NAME, load
from migrate.errors import NO, YES
from migrate.workspace import Workspace

if TYPE_CHECKING:
    from validation.report import Report

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
PHASE = click.option("--phase", metavar="N", help="The phase of migration.toml.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@click.group(invoke_without_command=True)
@PHASE
@CONFIG
@AS_JSON
@click.pass_context
def sign_off(context: click.Context, phase: str | None, config: Path, as_json: bool) -> int:
    """Write a phase's sign-off report (HTML and JSON), bound to its evidence by SHA-256.

    Exit code 0: the report is green; 1: it is red, with every reason.
    """
    context.obj = (phase, config)
    if context.invoked_subcommand is not None:
        return YES
    return _write(_needed(phase), config, as_json)


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
    state, verdict, broken = seal.verify(load(config), number)
    if as_json:
        found = [{"path": b.path, "state": b.state, "why": b.why} for b in broken]
        click.echo(
            json.dumps(
                {"schema": 1, "phase": number, "state": state, "verdict": verdict, "files": found}, indent=2
            )
        )
        return seal.EXIT[state]
    sign = "✓" if state == "intact" else "✗"
    click.secho(f"{sign} {state}", fg="green" if state == "intact" else "red", nl=False)
    click.echo(f": the sign-off of phase {number} (its verdict: {verdict})")
    for entry in broken:
        click.echo(f"  {entry.state}: {entry.path}: {entry.why}")
    return seal.EXIT[state]


def _needed(phase: str | None) -> str:
    if phase is None:
        raise click.UsageError("Missing option '--phase'.")
    return phase


def _write(phase: str, config: Path, as_json: bool) -> int:
    from validation import report_build, report_html, seal

    migration = load(config)
    report = report_build.build(migration, phase)
    folder = Workspace.of(migration).sign_off(phase)
    (folder / seal.SEAL).unlink(missing_ok=True)  # a half-written report is never sealed
    files.write_json(folder / seal.JSON, report.to_json())
    files.write_text(folder / seal.HTML, report_html.render(report))
    seal.close(folder)
    if as_json:
        click.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        _print(report, Path(migration.state) / "sign-off" / f"phase-{phase}" / seal.HTML)
    return YES if report.verdict == "green" else NO


def _print(report: Report, page: Path) -> None:
    from validation import gate_text

    sign, colour = ("✓", "green") if report.verdict == "green" else ("✗", "red")
    click.secho(f"{sign} {report.verdict}", fg=colour, nl=False)
    click.echo(f": phase {report.phase} · {report.title}")
    for line in gate_text.reasons([asdict(reason) for reason in report.reasons]):
        click.echo(line)
    click.echo(f"report: {page.as_posix()}")
