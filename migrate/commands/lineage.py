"""`migrate lineage`: what is made of what, across Python, dbt and years, and who made it when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import YES, ChangeoverError

if TYPE_CHECKING:
    from migrate.lineage.graph import Lineage

FORMATS = ("tree", "svg", "html", "json", "openlineage")


@click.command()
@click.argument("asset", required=False)
@click.option("--upstream", "direction", flag_value="up", help="Only what ASSET needs.")
@click.option("--downstream", "direction", flag_value="down", help="Only what needs ASSET.")
@click.option("--depth", type=click.IntRange(min=1), help="How many steps away from ASSET (default: all).")
@click.option("--column", "columns", is_flag=True, help="Columns too, and what each is made of.")
@click.option("--year", type=int, help="Only what is made for this year, and what ran for it.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="tree", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Write a file instead of printing.")
@click.option(
    "--config", type=click.Path(path_type=Path), default=Path(), help="migration.toml, or its folder."
)
@click.option(
    "--project", type=click.Path(path_type=Path), help="A Dagster project without a migration.toml."
)
@click.option("--events", default="", help="A Prefect API whose asset events are added to the history.")
def lineage(
    asset: str | None,
    direction: str | None,
    depth: int | None,
    columns: bool,
    year: int | None,
    kind: str,
    out: Path | None,
    config: Path,
    project: Path | None,
    events: str,
) -> int:
    """Show the lineage of ASSET, or of everything: assets, dbt models, sources, checks, columns and years.

    Read from code, laid over what `migrate verify` saw both sides load, and joined with recorded runs.
    Kept in lineage.duckdb in the state folder. ASSET may be `asset.column` with --column.
    Exit codes: 0 shown; 2 there is no such asset or no project.
    """
    from migrate.lineage.select import selected

    found = _read(config, project, events)
    part, start = selected(found, asset, direction, depth, year, columns)
    if kind == "tree" and out is None:
        _print_tree(part, start, direction, columns)
        return YES
    text = _rendered(part, kind, start, direction, columns)
    if out is None:
        click.echo(text)
    else:
        from migrate.files import write_text

        write_text(out, text + "\n")
    return YES


def _read(config: Path, project: Path | None, events: str) -> Lineage:
    from migrate.lineage.project import lineage_of, lineage_of_folder

    if project is not None:
        if events:
            raise ChangeoverError(
                "events are kept beside a migration.toml", remedy="Leave out --project, or --events."
            )
        return lineage_of_folder(project)
    from migrate.config import load

    return lineage_of(load(config), events=events)


def _print_tree(part: Lineage, start: str, direction: str | None, columns: bool) -> None:
    from rich.console import Console

    from migrate.lineage.tree import overview, tree_of

    console = Console(highlight=False)
    if not start:
        for line in overview(part):
            console.print(line)
        return
    for up in (True, False):
        if direction in (None, "up" if up else "down"):
            console.print("[bold]needs[/bold]" if up else "[bold]is needed by[/bold]")
            console.print(tree_of(part, start, up, columns))


def _rendered(part: Lineage, kind: str, start: str, direction: str | None, columns: bool) -> str:
    import json

    if kind == "json":
        return json.dumps(part.as_json(), indent=1, ensure_ascii=False)
    if kind == "openlineage":
        from migrate.lineage.openlineage import events_of

        return "\n".join(json.dumps(event, ensure_ascii=False) for event in events_of(part))
    if kind == "svg":
        from migrate.lineage.svg import svg_of

        return svg_of(part)
    if kind == "html":
        from migrate.lineage.page import page_of

        return page_of(part, start)
    from rich.console import Console

    console = Console(no_color=True, width=160)
    with console.capture() as caught:
        _tree_into(console, part, start, direction, columns)
    return caught.get().rstrip()


def _tree_into(console: object, part: Lineage, start: str, direction: str | None, columns: bool) -> None:
    from rich.console import Console

    from migrate.lineage.tree import overview, tree_of

    assert isinstance(console, Console)
    if not start:
        for line in overview(part):
            console.print(line)
        return
    for up in (True, False):
        if direction in (None, "up" if up else "down"):
            console.print(tree_of(part, start, up, columns))
