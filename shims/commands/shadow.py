"""`migrate shadow`: at every tick of the legacy's schedule, a dual run and a comparison."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.config import FILE_NAME, load
from migrate.errors import CANNOT_SAY, NO, YES

if TYPE_CHECKING:
    from shims.shadow_ledger import Tick

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
EXIT = {"green": YES, "skipped": YES, "red": NO}


@click.group()
def shadow() -> None:
    """Run the target beside the legacy at every tick of its schedule, and count the green ones."""


@shadow.command()
@CONFIG
@click.option("--schedule", default="", help="The legacy schedule to follow; default: [shadow] schedule.")
@click.option("--ticks", type=click.IntRange(min=1), help="End after so many ticks; default: go on.")
@click.option("--now", is_flag=True, help="Run one tick at once, with what the schedule would ask for now.")
@click.option(
    "--background", is_flag=True, help="Leave it running and return; its log is in the state folder."
)
@click.option("--apart", is_flag=True, help="No schedulers: each tick a dual run of its own, from nothing.")
@click.option("--prefect-api-url", default="", help="Use this Prefect API instead of a server of its own.")
def start(
    config: Path,
    schedule: str,
    ticks: int | None,
    now: bool,
    background: bool,
    apart: bool,
    prefect_api_url: str,
) -> int:
    """Keep dagster-daemon and Prefect's scheduler running, and compare what both did at every tick.

    Both tick by themselves, in homes, folders and databases of the shadow's own; one record a tick is
    kept. What was due while nothing ran is recorded as missed and never made up for. --apart and --now
    start both sides themselves: a dual run and a comparison of the partition that a tick asks for.
    With --now or --ticks, exit code 0: all green; 1: one was red; 2: one could not say.
    """
    from shims import shadow as following
    from shims import shadow_days

    migration = load(config)
    chosen = schedule or migration.shadow.schedule
    wanted = following.Wanted(chosen, ticks, now, prefect_api_url, apart)
    if background:
        pid = following.detach(migration, wanted)
        click.echo(f"following in the background (process {pid}); `migrate shadow stop` ends it")
        return YES
    follow = following.follow if now or apart else shadow_days.follow
    found = follow(migration, wanted, click.echo)
    return max((EXIT.get(tick.outcome, CANNOT_SAY) for tick in found), default=YES)


@shadow.command()
@CONFIG
def stop(config: Path) -> int:
    """End the process that follows the schedule, and the tick it is at. Exit code 1: none was running."""
    from shims import shadow as following

    ended = following.stop(load(config))
    click.echo("stopped: nothing of it is left running" if ended else "no shadow is running")
    return YES if ended else NO


@shadow.command()
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def status(config: Path, as_json: bool) -> int:
    """The ticks so far, and how many in a row were green on today's code."""
    from migrate.workspace import Workspace
    from shims import shadow as following
    from shims.shadow_ledger import code_now, read_ticks, streak

    migration = load(config)
    ticks = read_ticks(Workspace.of(migration).shadow)
    count, ended = streak(ticks, code_now(migration))
    running = following.running(migration)
    if as_json:
        shown = [vars(tick) for tick in ticks]
        click.echo(
            json.dumps({"schema": 1, "running": bool(running), "streak": count, "ticks": shown}, indent=2)
        )
        return YES
    click.echo(f"{'running' if running else 'not running'}; {count} green ticks in a row")
    if ticks and not count:
        click.echo(f"the row ended at {ended}")
    for tick in ticks[-10:]:
        _line(tick)
    return YES


def _line(tick: Tick) -> None:
    colour = {"green": "green", "red": "red", "missed": "yellow"}.get(tick.outcome)
    click.echo(f"  {tick.due}  ", nl=False)
    click.secho(f"{tick.outcome:11}", fg=colour, nl=False)
    click.echo(f"{tick.run}  {tick.reason}".rstrip())
