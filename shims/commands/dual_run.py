"""`migrate dual-run`: both orchestrators, side by side, on the same frozen input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.errors import CANNOT_SAY, NO, YES

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.run_plan import RunPlan

INTERRUPTED = 130
KEPT_RUNS = 5


@click.command("dual-run")
@click.option("--phase", help="The phase of migration.toml to run: its years, time limit and proof.")
@click.option("--years", help="Years to run instead of a phase's: 2025, 2025-2030 or 2025,2027.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("migration.toml"),
    show_default=True,
    help="The migration's settings.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")
@click.option("--sequential", is_flag=True, help="Run one side after the other (fair wall times).")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds a side may take.")
@click.option("--prefect-port", type=click.IntRange(1, 65535), help="Port of the run's Prefect server.")
@click.option(
    "--prefect-api-url", default="", help="Use this Prefect API instead of a server of the run's own."
)
@click.option(
    "--resume",
    is_flag=False,
    flag_value="latest",
    metavar="[ID]",
    help="Go on with an interrupted run (the newest one); what it finished is kept.",
)
@click.option("--keep", type=click.IntRange(0), help="Then remove old runs, all but the newest N.")
@click.option("--prune", is_flag=True, help="Only remove old runs (all but --keep, by default 5).")
def dual_run(
    phase: str | None,
    years: str | None,
    config: Path,
    as_json: bool,
    sequential: bool,
    time_limit: float | None,
    prefect_port: int | None,
    prefect_api_url: str,
    resume: str | None,
    keep: int | None,
    prune: bool,
) -> int:
    """Run both orchestrators side by side on the same frozen input.

    Each side works in a copy of its own, in its own interpreter; every step goes to a ledger, and
    each is judged by what it wrote. Exit code: 0 both succeeded, 1 a side failed, 2 a side did not run.
    """
    from migrate.config import load
    from shims import dual, progress, run_text

    migration = load(config)
    if prune:
        return _prune(migration, KEPT_RUNS if keep is None else keep)
    where = (prefect_api_url, prefect_port)
    if resume:
        plan = _resumed(migration, resume, phase or years, time_limit, *where)
    else:
        plan = _plan(migration, phase, years, time_limit, sequential, *where)
    try:
        with progress.live_view(plan.years) as view:
            record = dual.run(plan, view, again=bool(resume))
    except dual.Stopped as stopped:
        click.echo(run_text.stopped(plan.folder, stopped), err=True)
        return INTERRUPTED
    click.echo(_said(record, plan, as_json))
    if keep is not None:
        _prune(migration, keep, quiet=as_json)
    return _exit_code(record)


def _said(record: dict[str, Any], plan: RunPlan, as_json: bool) -> str:
    from shims import run_text

    if not as_json:
        return run_text.text(record, plan.folder)
    return json.dumps({"run": str(plan.folder / "run.json"), **run_text.summary(record)}, indent=2)


def _prune(migration: Migration, keep: int, quiet: bool = False) -> int:
    from shims.prune import prune

    done = prune(migration, keep)
    lines = [f"removed {run}" for run in done.removed]
    lines += [f"kept    {run}  {why}" for run, why in sorted(done.kept.items())]
    lines.append(f"{len(done.removed)} runs removed, {done.bytes / 1e6:,.1f} MB free again")
    click.echo("\n".join(lines), err=quiet)
    return YES


def _resumed(
    migration: Migration,
    wanted: str,
    asked: str | None,
    time_limit: float | None,
    api_url: str,
    port: int | None,
) -> RunPlan:
    from shims.resume import find
    from shims.run_plan import make_plan

    if asked is not None:
        raise click.UsageError("--resume knows its years: leave --phase and --years out")
    left = find(migration, wanted)
    return make_plan(
        migration,
        run_id=left.run_id,
        years=left.years,
        phase=left.phase,
        probe=None if left.phase is None else migration.phase(left.phase).parameters,
        time_limit=time_limit or left.time_limit,
        sequential=left.sequential,
        api_url=api_url,
        port=port,
    )


def _plan(
    migration: Migration,
    phase: str | None,
    years: str | None,
    time_limit: float | None,
    sequential: bool,
    api_url: str,
    port: int | None,
) -> RunPlan:
    from shims.run_plan import make_plan

    if (phase is None) == (years is None):
        raise click.UsageError("say either --phase N or --years A-B")
    options: dict[str, Any] = {"sequential": sequential, "api_url": api_url, "port": port}
    if phase is not None:
        found = migration.phase(phase)
        limit = time_limit or found.time_limit_seconds
        options.update(years=found.years, phase=phase, probe=found.parameters, time_limit=limit)
    else:
        options.update(years=parse_years(years or ""), time_limit=time_limit or 3600.0)
    return make_plan(migration, **options)


def parse_years(text: str) -> tuple[int, ...]:
    """The years of `2025`, `2025-2030` or `2025,2027`.

    Raises:
        click.BadParameter: anything else.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,4})(?:\s*-\s*(\d{1,4}))?\s*", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last or first < 1:
            raise click.BadParameter(f"'{text}' are no years; write 2025, 2025-2030 or 2025,2027")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def _exit_code(record: dict[str, Any]) -> int:
    statuses = {side["status"] for side in record["sides"].values()}
    if "not_run" in statuses:
        return CANNOT_SAY
    return YES if statuses == {"succeeded"} else NO
