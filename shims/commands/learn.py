"""`migrate learn`: ten short exercises, Prefect for people who know Dagster."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import NO, YES, SourceError

if TYPE_CHECKING:
    from migrate.course import Exercise
    from shims.learning import Try, Verdict

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(invoke_without_command=True)
@click.pass_context
def learn(context: click.Context) -> int:
    """Prefect for Dagster people: exercises with a Dagster side, an unfinished Prefect side and a checker."""
    return _list() if context.invoked_subcommand is None else YES


@learn.command("list")
def list_() -> int:
    """List the exercises."""
    return _list()


def _list() -> int:
    from migrate import course

    for each in course.exercises():
        click.echo(f"{each.number:3}  {each.title}")
    click.echo(
        "\nmigrate learn start 1    copies the first one to ./01_assets; its README.md says what to do"
    )
    return YES


@learn.command()
@click.argument("number", type=int)
@click.argument("folder", type=FOLDER, required=False)
def start(number: int, folder: Path | None) -> int:
    """Copy exercise NUMBER to FOLDER (default: one named after it, here)."""
    from migrate import course

    chosen = course.exercise(number)
    folder = folder or Path(chosen.name)
    chosen.start(folder)
    click.echo(f"{folder}: read README.md, finish what is marked TODO, then: migrate learn check {number}")
    return YES


@learn.command()
@click.argument("number", type=int)
@click.option("--out", type=FOLDER, help="Write its files there instead of printing them.")
def solution(number: int, out: Path | None) -> int:
    """Show the solution of exercise NUMBER."""
    from migrate import course
    from migrate.files import write_text

    for name, text in course.exercise(number).solution().items():
        if out:
            write_text(out / name, text)
        click.echo(str(out / name) if out else f"# ---- {name}\n{text}", nl=bool(out))
    return YES


@learn.command()
@click.argument("number", type=int, required=False)
@click.argument("folder", type=FOLDER, required=False)
@click.option("--python", default="", help="The interpreter that has Prefect (default: this one).")
@click.option("--prefect-api-url", default="", help="Use this server (default: start one, and end it).")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def check(number: int | None, folder: Path | None, python: str, prefect_api_url: str, as_json: bool) -> int:
    """Run your Prefect code and compare it with Dagster's side; without NUMBER, all that are started here.

    FOLDER is where you work on it: by default the folder that `start` names, else this one. Exit code 0: all
    pass, 1: something is not right yet, 2: it could not be run.
    """
    from migrate import course
    from shims import learning

    chosen = [course.exercise(number)] if number else course.exercises()
    tries = _tries(chosen, folder, alone=number is not None)
    verdicts = learning.check(tries, python or sys.executable, prefect_api_url)
    if as_json:
        click.echo(json.dumps([vars(verdict) for verdict in verdicts], indent=2))
    else:
        _tell(verdicts)
    return YES if all(verdict.passed for verdict in verdicts) else NO


def _tries(chosen: list[Exercise], folder: Path | None, *, alone: bool) -> list[Try]:
    from shims.learning import Try

    if alone:
        named = Path(chosen[0].name)
        where = folder or (named if named.is_dir() else Path())
        if not where.is_dir():
            raise SourceError("there is no such folder", file=where, remedy="`migrate learn start` makes it.")
        return [Try(chosen[0], where)]
    found = [Try(e, (folder or Path()) / e.name) for e in chosen]
    started = [each for each in found if each.folder.is_dir()]
    if not started:
        raise SourceError("no exercise is started here", remedy="Begin with `migrate learn start 1`.")
    return started


def _tell(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        mark = click.style("right", fg="green") if verdict.passed else click.style("not yet", fg="red")
        click.echo(f"{verdict.exercise}: {mark}" + (f"\n  {verdict.said}" if verdict.said else ""))
