"""`migrate calibrate`: one side against itself, so that tolerances are earned."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import NO, YES, SideError

if TYPE_CHECKING:
    from migrate.config import Migration
    from validation.calibration.measure import Calibration

INTERRUPTED = 130


@click.command()
@click.option("--side", type=click.Choice(["dagster", "prefect"]), default="dagster", show_default=True)
@click.option("--phase", help="The phase whose years it runs (the first one).")
@click.option("--years", help="Years to run instead of a phase's: 2025, 2025-2030 or 2025,2027.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("migration.toml"),
    show_default=True,
    help="The migration's settings.",
)
@click.option("--write", is_flag=True, help="Put the proposed settings into migration.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print calibration.json on standard output.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds each run may take.")
def calibrate(
    side: str,
    phase: str | None,
    years: str | None,
    config: Path,
    write: bool,
    as_json: bool,
    time_limit: float | None,
) -> int:
    """Run one side twice on the same input and compare it with itself.

    Columns that differ by themselves (clocks, run ids, aggregates without order, float noise) are
    proposed as settings with the measurement as their reason. Exit code: 0 nothing else differs,
    1 something differs that is no noise (a defect of that side, with rows), 2 a run did not succeed.
    """
    from migrate.config import load
    from migrate.workspace import Workspace
    from shims.session import Stopped
    from validation.calibration.proposal import write as put

    migration = load(config)
    try:
        found = _measured(migration, side, phase, years, time_limit)
    except Stopped as stopped:
        click.echo(f"stopped by {stopped}: nothing is left running, nothing was measured", err=True)
        return INTERRUPTED
    file = Workspace.of(migration).calibration(side) / "calibration.json"
    if write and found.settings:
        put(migration.file, found.settings)
    click.echo(json.dumps(found.as_json(), indent=2, default=str) if as_json else _text(found, file, write))
    return NO if found.defects else YES


def _measured(
    migration: Migration, side: str, phase: str | None, years: str | None, time_limit: float | None
) -> Calibration:
    import datetime as dt

    from migrate.files import write_json
    from migrate.workspace import Workspace
    from shims.commands.baseline import plan_of
    from shims.progress import Lines
    from shims.twice import run_twice
    from validation.calibration.measure import measure

    plan = plan_of(migration, phase, years, time_limit)
    a, b = run_twice(migration, side, plan.years, plan.time_limit, Lines(sys.stderr))
    for name, once in (("first", a), ("second", b)):
        if once.record["status"] != "succeeded":
            raise SideError(
                f"the {name} run of the {side} side {once.record['status']}: {once.record['reason']}",
                file=Workspace.of(migration).calibration(side),
                remedy="`migrate baseline` shows whether the legacy works at all.",
            )
    found = measure(migration, side, plan.years, a, b, dt.datetime.now(dt.UTC).date().isoformat())
    write_json(Workspace.of(migration).calibration(side) / "calibration.json", found.as_json())
    return found


def _text(found: Calibration, file: Path, written: bool) -> str:
    from validation.calibration.proposal import as_toml

    span = ", ".join(map(str, found.years))
    lines = [f"{found.side} against itself, years {span}: {found.tables} tables"]
    lines += [f"  {n.table}.{n.column}: {n.measured}" for n in found.noisy]
    lines += [f"  {name}: the rows came in another order, which is no difference" for name in found.reordered]
    for table in found.defects:
        columns = ", ".join(found.suspects.get(table.name) or table.columns)
        lines.append(
            f"defect: {table.name} is not the same twice{f' ({columns})' if columns else ''}: {table.reason}"
        )
        for sample in table.samples:
            key = ", ".join(f"{name}={value}" for name, value in sample.key.items())
            lines.append(
                f"    {sample.kind} {sample.year or ''} {key}: {sample.left or ''} | {sample.right or ''}"
            )
    if found.settings:
        lines.append(
            "written into migration.toml:"
            if written
            else "proposed for migration.toml (--write puts it there):"
        )
        lines += ["", as_toml(found.settings)]
    elif not found.defects:
        lines.append("nothing differs that migration.toml does not allow for")
    return "\n".join([*lines, f"record: {file}"])
