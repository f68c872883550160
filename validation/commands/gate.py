"""`migrate gate`: may this phase end?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.config import FILE_NAME, load
from migrate.errors import ChangeoverError
from migrate.files import write_text
from migrate.workspace import read_json
from validation import gate_text

if TYPE_CHECKING:
    from migrate.config import Migration


@click.command()
@click.option("--phase", required=True, metavar="N", help="The phase of migration.toml to judge.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
@click.option(
    "--run", "run_id", metavar="ID", help="A dual run of that phase; default: the newest complete one."
)
@click.option(
    "--self-test",
    is_flag=True,
    help="Seed faults into a copy of the candidate's output first: all must be found.",
)
@click.option("--junit", type=click.Path(path_type=Path), help="Write every fact here as JUnit XML.")
@click.option("--summary", type=click.Path(path_type=Path), help="Write a Markdown job summary here.")
@click.option("--json", "as_json", is_flag=True, help="Print gate.json instead of text.")
def gate(
    phase: str,
    config: Path,
    run_id: str | None,
    self_test: bool,
    junit: Path | None,
    summary: Path | None,
    as_json: bool,
) -> int:
    """Let Great Expectations decide whether a phase may end.

    Exit code 0: green; 1: red, every reason is named; 2: cannot say (no complete dual run, a side
    that did not run, evidence that cannot be read).
    """
    from validation import decision

    for file in filter(None, (junit, summary)):
        file.unlink(missing_ok=True)  # an old verdict must not outlive a failed attempt
    try:
        migration = load(config)
        if self_test:
            _seed(migration, phase, run_id, quiet=as_json)
        decided = decision.decide(migration, phase, run_id)
    except ChangeoverError as problem:
        answer = unanswered(phase, problem)
        _for_ci(answer, junit, summary)
        if not as_json:
            raise
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return decision.EXIT["cannot_say"]
    written = read_json(decided.evidence.folder / decision.GATE_FILE)
    _for_ci(written, junit, summary)
    if as_json:
        click.echo(json.dumps(written, indent=2, ensure_ascii=False))
    else:
        for line in gate_text.lines(written):
            click.echo(line)
        click.echo(f"written: {decided.evidence.name(decided.evidence.folder / decision.GATE_FILE)}")
    return decision.EXIT[decided.verdict]


def _for_ci(decided: dict[str, Any], junit: Path | None, summary: Path | None) -> None:
    from validation import job_summary
    from validation import junit as junit_xml

    if junit:
        write_text(junit, junit_xml.render(decided))
    if summary:
        write_text(summary, job_summary.render(decided))


def _seed(migration: Migration, phase: str, run_id: str | None, *, quiet: bool) -> None:
    """Try the gate with seeded faults and print what it found; the gate rests on that."""
    from validation import self_test
    from validation.evidence import collect

    def say(words: str) -> None:
        click.echo(f"  seeding: {words}", err=True)

    result = self_test.run(collect(migration, phase, run_id), (lambda _: None) if quiet else say)
    if not quiet:
        for line in gate_text.self_test(result):
            click.echo(line)


def unanswered(phase: str, problem: ChangeoverError) -> dict[str, Any]:
    """The JSON of a gate that found nothing to judge: the fields a program reads first."""
    return {
        "schema": 1,
        "phase": phase,
        "green": False,
        "verdict": "cannot_say",
        "run": None,
        "reasons": [{"gate": "evidence", "subject": problem.place, "message": str(problem), "year": None}],
        "gates": [],
        "facts": [],
        "waivers": [],
        "findings": [],
        "evidence": [],
    }
