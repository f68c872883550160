"""`migrate inventory`: what a Dagster project is made of."""

from __future__ import annotations

from pathlib import Path

import click

from migrate.errors import NO, YES


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--module", "modules", multiple=True, help="Only the code location of this module.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def inventory(project: Path, modules: tuple[str, ...], as_json: bool) -> int:
    """List every construct of PROJECT with its place, key, dependencies and arguments.

    Exit codes: 0 read; 1 a file could not be read; 2 there is no Dagster project.
    """
    from migrate.reporting import inventory_of, print_inventory, reading

    with reading(not as_json) as progress:
        found = inventory_of(project, progress, modules)
    print_inventory(found, project, as_json)
    return NO if found["errors"] else YES
