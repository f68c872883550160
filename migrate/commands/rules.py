"""`migrate rules`: the constructs the converter knows."""

from __future__ import annotations

import click

from migrate.errors import YES


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Rule, constructs, outcomes and upstream page as JSON.")
@click.option("--markdown", is_flag=True, help="The concept-mapping page, made of the rules' docstrings.")
def rules(as_json: bool, markdown: bool) -> int:
    """List the constructs the converter knows, and what becomes of each."""
    import json

    from migrate import mapping

    if as_json:
        click.echo(json.dumps([row.as_json() for row in mapping.rows()], indent=2, ensure_ascii=False))
        return YES
    if markdown:
        click.echo(mapping.markdown(), nl=False)
        return YES
    for row in mapping.rows():
        click.echo(f"{row.rule:30} {', '.join(row.dispositions):28} {row.title}")
        click.echo(f"{'':30} {'':28} {', '.join(row.constructs)}")
        click.echo(f"{'':30} {'':28} {' '.join(row.upstream)}")
    return YES
