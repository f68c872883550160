"""`migrate assess`: whether to move, what stands in the way, what it costs, in which order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import NO, YES

if TYPE_CHECKING:
    from migrate.config import Migration


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--fix-first", is_flag=True, help="Only what to fix first, as an ordered plan.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (migrate/schemas/assessment.schema.json).")
@click.option("--markdown", type=click.Path(path_type=Path), help="Write Markdown to this file.")
@click.option("--html", type=click.Path(path_type=Path), help="Write a page that needs nothing else.")
@click.option("--all", "everything", is_flag=True, help="Show every place of every finding.")
@click.option("--config", type=click.Path(path_type=Path), help="migration.toml, or its folder.")
def assess(
    project: Path,
    fix_first: bool,
    as_json: bool,
    markdown: Path | None,
    html: Path | None,
    everything: bool,
    config: Path | None,
) -> int:
    """Assess the Dagster project in PROJECT: nothing is run, nothing is written unless asked.

    migration.toml is read where there is one for this project: beside it, above it, or --config.
    Exit codes: 0 go, or go with conditions; 1 hold, or fix Dagster first; 2 there is no Dagster project.
    """
    import json

    from rich.console import Console

    from migrate.assess.html import html_of
    from migrate.assess.markdown import markdown_of
    from migrate.assess.report import assess as assessed
    from migrate.assess.text import SHOWN, print_plan, print_report
    from migrate.files import write_text
    from migrate.reporting import reading

    with reading(not as_json) as progress:
        report = assessed(project, _settings(project, config), progress)
    shown = 10**6 if everything else SHOWN
    for path, text in ((markdown, markdown_of), (html, html_of)):
        if path is not None:
            write_text(path, text(report))
    if as_json:
        click.echo(json.dumps(report, indent=1, ensure_ascii=False))
    elif fix_first:
        print_plan(report, Console(highlight=False), shown)
    elif not (markdown or html):
        print_report(report, Console(highlight=False), shown)
    return YES if report["verdict"]["word"].startswith("go") else NO


def _settings(project: Path, config: Path | None) -> Migration | None:
    """The migration.toml that speaks of this project; None when there is none."""
    from migrate.config import FILE_NAME, load

    if config is not None:
        return load(config)
    for folder in (project, project.resolve().parent, Path()):
        if (folder / FILE_NAME).is_file():
            found = load(folder)
            if (found.root / found.legacy.root).resolve() == project.resolve():
                return found
    return None
