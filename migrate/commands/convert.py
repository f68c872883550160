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
@click.option("--loaded", is_flag=True, help="Write what reading cannot tell as the project loads it.")
@click.option("--legacy-python", default="", help="With --loaded: the interpreter to load it in.")
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
    loaded: bool,
    legacy_python: str,
    layout: str,
    sarif: Path | None,
    as_json: bool,
) -> int:
    """Convert the Dagster project in PROJECT.

    Exit codes: 0 every construct has its disposition; 1 a file could not be read, --strict and something
    needs a person, or --check and something would change; 2 no Dagster project, it cannot be written, or
    --loaded and the project does not load.
    """
    from migrate.repeating import made_of, standing
    from migrate.target_place import refuse_impossible
    from migrate.telling import print_conversion, print_needed

    refuse_impossible(project, out)
    # what another interpreter says is no part of the digest
    inputs = "" if loaded else made_of(project, out, (modules, bridge, batch_dbt, layout))
    record, changes = None if sarif or legacy_python else standing(out, inputs), False
    if record is None:
        from migrate.conversion import convert as convert_tree
        from migrate.ending import Process
        from migrate.loaded.asking import Asking
        from migrate.reporting import reading
        from migrate.target import Target

        target, asking = Target(project, out), Asking(project, out, legacy_python) if loaded else None
        with reading(not as_json) as progress:
            single, ends = layout == "single", Process.ends
            result = convert_tree(project, progress, modules, bridge, single, batch_dbt, asking, ends)
        _log(sarif, result)
        changes = (
            _foretold(target, result, diff) if check or diff else _written(target, result, force, inputs)
        )
        record = target.record
    if check or diff:
        print_needed(record, strict)
    else:
        print_conversion(record, project, out, as_json)
    return NO if changes or record["errors"] or (strict and record["summary"].get("manual")) else YES


def _log(sarif: Path | None, result: Conversion) -> None:
    """Write what needs a person, where that is asked for."""
    if sarif:
        from migrate.files import write_json
        from migrate.sarif import sarif as as_sarif

        write_json(sarif, as_sarif(result))


def _written(target: Target, result: Conversion, force: bool, inputs: str) -> bool:
    """Write the target, and name the files that were merged; nothing is left that would change."""
    target.write(result, force, inputs)
    for path in target.merged:
        click.echo(f"merged with your edits: {path}", err=True)
    return False


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
