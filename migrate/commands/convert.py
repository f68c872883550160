"""`migrate convert`: write the Prefect project that a Dagster project becomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import NO, YES

if TYPE_CHECKING:
    from migrate.results import Conversion
    from migrate.target import Target


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option("--check", is_flag=True, help="Write nothing; say whether anything would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--strict", is_flag=True, help="Exit 1 when a construct needs a person.")
@click.option("--force", is_flag=True, help="Overwrite what was edited by hand.")
@click.option("--module", "modules", multiple=True, help="Only the code location of this module.")
@click.option("--bridge", is_flag=True, help="Let Dagster run what is not converted, behind Prefect tasks.")
@click.option(
    "--batch-dbt", is_flag=True, help="Make one call of successive calls of dbt where nothing is lost."
)
@click.option(
    "--layout",
    type=click.Choice(["mirrored", "single"]),
    default="mirrored",
    help="Mirror the project's modules, or write one Python file.",
)
@click.option("--sarif", type=click.Path(path_type=Path), help="Write what needs a person as SARIF 2.1.0.")
@click.option("--json", "as_json", is_flag=True, help="Print conversion.json.")
def convert(
    project: Path,
    out: Path,
    check: bool,
    diff: bool,
    strict: bool,
    force: bool,
    modules: tuple[str, ...],
    bridge: bool,
    batch_dbt: bool,
    layout: str,
    sarif: Path | None,
    as_json: bool,
) -> int:
    """Convert the Dagster project in PROJECT.

    Exit codes: 0 every construct has its disposition; 1 a file could not be read, --strict and something
    needs a person, or --check and something would change; 2 no Dagster project, or it cannot be written.
    """
    from migrate.conversion import convert as convert_tree
    from migrate.files import write_json
    from migrate.reporting import print_conversion, print_needed, reading
    from migrate.sarif import sarif as as_sarif
    from migrate.target import Target

    target = Target(project, out)
    target.refuse_impossible()
    with reading(not as_json) as progress:
        result = convert_tree(project, progress, modules, bridge, layout == "single", batch_dbt)
    if sarif:
        write_json(sarif, as_sarif(result))
    needs_a_person = bool(result.errors or (strict and result.summary.get("manual")))
    if check or diff:
        print_needed(result, strict)
        return NO if _foretold(target, result, diff) or needs_a_person else YES
    target.write(result, force=force)
    for path in target.merged:
        click.echo(f"merged with your edits: {path}", err=True)
    print_conversion(result, project, out, as_json)
    return NO if needs_a_person else YES


def _foretold(target: Target, result: Conversion, diff: bool) -> bool:
    """Print what writing would change, as names or line by line; whether there is anything."""
    changes = target.changes(result)
    if diff:
        for line in target.difference(result):
            click.echo(line, nl=False)
    else:
        for line in changes:
            click.echo(line)
    return bool(changes)
