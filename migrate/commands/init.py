"""`migrate init`: a first migration.toml."""

from __future__ import annotations

from pathlib import Path

import click

from migrate.errors import NO, YES


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--target", type=click.Path(path_type=Path), help="Where the Prefect project will be written.")
@click.option("--module", "modules", multiple=True, help="The code location, when there are several.")
@click.option("--print", "printed", is_flag=True, help="Write nothing; print the file.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def init(project: Path, target: Path | None, modules: tuple[str, ...], printed: bool, as_json: bool) -> int:
    """Write migration.toml, here, from what is found in the Dagster project in PROJECT.

    Reads the code, dbt projects and profiles; runs nothing. What nothing answers is said, and marked.

    Exit codes: 0 every line is answered; 1 a line is for a person to fill in; 2 no Dagster project, or the
    file is there already.
    """
    import json

    from migrate.config import FILE_NAME
    from migrate.errors import ConfigError
    from migrate.files import write_text
    from migrate.initial.settings import settings_of
    from migrate.initial.start import start_of
    from migrate.initial.surroundings import surroundings_of

    here = Path.cwd()
    file, aside = here / FILE_NAME, printed or as_json
    if file.exists() and not aside:
        remedy = "Move it away, or look at what would be written: --print."
        raise ConfigError("is there already, and is never written over", file=file, remedy=remedy)
    start, around = start_of(project, modules), surroundings_of(project)
    found = settings_of(here, project, target or project.resolve().parent / "prefect_target", start, around)
    if as_json:
        click.echo(json.dumps({"schema": 1, "text": found.text, "questions": found.questions}, indent=2))
    elif printed:
        click.echo(found.text, nl=False)
    else:
        write_text(file, found.text)
        click.echo(f"{file.name}: {start.module}, job {start.job}, flow {start.flow}")
    for question in found.questions if not as_json else ():
        click.echo(f"to be filled in: {question}", err=True)
    if not aside and not found.questions:
        click.echo("next: migrate convert, migrate verify, migrate preflight", err=True)
    return NO if found.questions else YES
