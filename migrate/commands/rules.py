"""`migrate rules`: the constructs the converter knows."""

from __future__ import annotations

import click

from migrate.errors import YES


@click.command()
@click.option("--markdown", is_flag=True, help="The concept-mapping page, made of the rules' docstrings.")
def rules(markdown: bool) -> int:
    """List the constructs the converter knows, and what becomes of each."""
    from migrate.rules import registry

    found = sorted(registry(), key=lambda r: r.name)
    if not markdown:
        for item in found:
            click.echo(f"{item.name:30} {item.title}")
        return YES
    click.echo(
        "# What becomes of each Dagster construct\n\nMade by `migrate rules --markdown`; do not edit.\n"
    )
    for item in found:
        lines = item.about.strip().splitlines()
        click.echo(f"## {lines[0]}\n")
        click.echo("\n".join(lines[1:]).strip() + "\n")
    return YES
