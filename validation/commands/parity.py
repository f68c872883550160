"""`migrate parity LEFT RIGHT`: compare any two DuckDB files or folders of data files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import CANNOT_SAY, NO, YES

if TYPE_CHECKING:
    from migrate.config import Outputs
    from validation.parity import ParityReport


@click.command()
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="migration.toml: what its [outputs] says about keys, years, tolerances and what may be empty.",
)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write parity.json here.")
@click.option("--year-column", metavar="NAME", help="The column that splits a table into years.")
@click.option(
    "--export", type=click.Path(path_type=Path), help="Write all differing rows here, a file a table."
)
@click.option(
    "--export-format",
    type=click.Choice(["parquet", "csv"]),
    default="parquet",
    show_default=True,
    help="Of these.",
)
@click.option(
    "--samples",
    type=click.IntRange(0, 1000),
    default=3,
    show_default=True,
    help="Differing rows of each kind to keep of a table.",
)
@click.option(
    "--lineage",
    type=click.Path(path_type=Path),
    help="dbt manifest, or JSON of upstream tables: names the table where a difference began.",
)
@click.option("--memory-limit", metavar="SIZE", help="What DuckDB may hold in memory, such as 2GB.")
def parity(
    left: Path,
    right: Path,
    config: Path | None,
    json_file: Path | None,
    year_column: str | None,
    export: Path | None,
    export_format: str,
    samples: int,
    lineage: Path | None,
    memory_limit: str | None,
) -> int:
    """Compare two DuckDB files or folders (DuckDB, Parquet, CSV, JSON), table by table and year by year.

    Strict by default; `python -m pydoc validation.parity` lists what counts as a difference. Exit code
    0: equal; 1: at least one table differs; 2: nothing differs for certain, but not all could be compared.
    """
    from migrate.files import write_json
    from validation.parity import Wish, compare, read_lineage

    if json_file is not None:
        json_file.unlink(missing_ok=True)  # an old verdict must not outlive a failed attempt
    outputs, configured = _outputs(config)
    lineage = lineage or configured
    report = compare(
        left,
        right,
        outputs,
        memory_limit=memory_limit,
        year_column=year_column,
        wish=Wish(samples, export, export_format),
        lineage=read_lineage(lineage) if lineage else None,
    )
    if json_file is not None:
        write_json(json_file, report.to_json())
    _show(report)
    return YES if report.equal else NO if report.decided else CANNOT_SAY


def _show(report: ParityReport) -> None:
    from rich.console import Console

    from validation.parity.summary import show

    show(report, Console(highlight=False, markup=False))


def _outputs(config: Path | None) -> tuple[Outputs | None, Path | None]:
    """The section, and the file of its lineage."""
    if config is None:
        return None, None
    from migrate.config import load  # pydantic: a fifth of the time of a small comparison

    migration = load(config)
    lineage = migration.outputs.lineage
    return migration.outputs, migration.root / lineage if lineage else None
