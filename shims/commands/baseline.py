"""`migrate baseline`: the legacy alone, judged by what it wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.errors import CANNOT_SAY, NO, YES
from shims.commands.dual_run import INTERRUPTED, parse_years

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.run_plan import RunPlan


@click.command()
@click.option("--phase", help="The phase whose years it runs (the first one).")
@click.option("--years", help="Years to run instead of a phase's: 2025, 2025-2030 or 2025,2027.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("migration.toml"),
    show_default=True,
    help="The migration's settings.",
)
@click.option("--json", "as_json", is_flag=True, help="Print baseline.json on standard output.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds it may take.")
def baseline(
    phase: str | None, years: str | None, config: Path, as_json: bool, time_limit: float | None
) -> int:
    """Run the legacy alone, in isolation, and judge it by what it wrote.

    Checks and dbt tests that fail already are written down as known. Exit code: 0 it works, 1 it
    ran and failed (a run that ends well without rows has failed), 2 it did not run.
    """
    from migrate.config import load
    from shims import baseline as alone
    from shims.progress import live_view
    from shims.session import Stopped

    plan = plan_of(load(config), phase, years, time_limit)
    try:
        with live_view(plan.years) as view:
            found = alone.run(plan, view)
    except Stopped as stopped:
        click.echo(f"stopped by {stopped}: nothing is left running, there is no baseline", err=True)
        return INTERRUPTED
    click.echo(json.dumps(found, indent=2) if as_json else _text(found, plan.folder))
    return {"succeeded": YES, "not_run": CANNOT_SAY}.get(found["status"], NO)


def plan_of(migration: Migration, phase: str | None, years: str | None, time_limit: float | None) -> RunPlan:
    """The years of `--years`, of `--phase`, or of the first phase, laid out in the baseline's folder."""
    from migrate.workspace import Workspace
    from shims.run_plan import make_plan

    if phase is not None and years is not None:
        raise click.UsageError("say --phase N or --years A-B, not both")
    options: dict[str, Any] = {"folder": Workspace.of(migration).baseline}
    if years is not None:
        return make_plan(migration, years=parse_years(years), time_limit=time_limit or 3600.0, **options)
    name = phase or min(migration.phases)
    found = migration.phase(name)
    limit = time_limit or found.time_limit_seconds
    return make_plan(migration, years=found.years, phase=name, time_limit=limit, **options)


def _text(found: dict[str, Any], folder: Path) -> str:
    side = found["side"]
    rows = sum(output["rows"] for output in side["outputs"])
    lines = [
        f"the legacy alone, years {', '.join(map(str, found['years']))}: {found['status']}",
        *([f"  {found['reason']}"] if found["reason"] else []),
        f"  {len(side['outputs'])} tables, {rows:,} rows, {len(side['checks'])} check verdicts, "
        f"{side['cpu_seconds']:.1f} CPU s, {side['max_rss_bytes'] / 1e6:.0f} MB",
    ]
    for known in found["known_failures"]:
        name = f"{known['asset']}:{known['name']}" if known["asset"] else known["name"]
        years = f" in {', '.join(map(str, known['years']))}" if known["years"] else ""
        lines.append(f"  known to fail: {name} ({known['severity'].lower()}){years}")
    return "\n".join([*lines, f"record: {folder / 'baseline.json'}"])
