"""`migrate status`: the whole board."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.config import FILE_NAME, load
from migrate.errors import NO, YES

if TYPE_CHECKING:
    from rich.table import Table

    from validation.board import Board, PhaseLine

GATE = {
    "green": "[green]✓ green[/]",
    "red": "[red]✗ red[/]",
    "stale": "[yellow]⚠ stale[/]",
    "undecided": "[yellow]· undecided[/]",
    "no run": "[dim]· no dual run[/]",
}
COLOUR = {"dagster": "blue", "shadow": "yellow", "prefect": "green", "retired": "dim"}
SHOWN = 3


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the board as JSON.")
def status(config: Path, as_json: bool) -> int:
    """The whole board: phases and gates, who runs what, green ticks, what blocks the next step.

    Exit code 0: nothing is wrong with routes and records (a red gate is no error here); 1: something is.
    """
    from validation.board import board

    found = board(load(config))
    if as_json:
        click.echo(json.dumps(found.to_json(), indent=2, ensure_ascii=False))
    else:
        _print(found)
    return NO if found.troubles else YES


def _print(found: Board) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    console.print(f"[bold]{escape(found.project)}[/]")
    console.print(_phases(found))
    for line in found.phases:
        _blocked(console.print, line)
    if found.groups:
        console.print(_groups(found))
    shadow = found.shadow
    if shadow.last or shadow.wanted:
        wanted = f" of {shadow.wanted} that a gate asks for" if shadow.wanted else ""
        counts = ", ".join(f"{n} {outcome}" for outcome, n in shadow.outcomes.items()) or "no tick yet"
        console.print(f"[bold]shadow[/]  {shadow.streak} green ticks in a row{wanted}; {counts}")
        if shadow.last and shadow.streak < max(shadow.wanted, 1):
            console.print(f"        the row begins after {escape(shadow.ended)}", style="dim")
    for move in found.moves[-SHOWN:]:
        steps = ", ".join(sorted({f"{a} → {b}" for a, b in move.assets.values()}))
        what = f"{move.move} of {len(move.assets)} assets ({steps})"
        console.print(f"[dim]{move.at[:16]}Z[/]  {what} by {escape(move.who)}: {escape(move.why)}")
    for trouble in found.troubles:
        console.print(f"[red]✗[/] {escape(trouble)}")


def _phases(found: Board) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("phase", "years", "gate", "run", "assets", "next step"):
        table.add_column(name, overflow="fold")
    for line in found.phases:
        gate, years = line.standing, line.years
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        where = "  ".join(f"[{COLOUR[s]}]{n} {s}[/]" for s, n in line.states.items()) or "[dim]unknown[/]"
        step = f"→ {line.next}" if line.next else "[dim]done[/]"
        if line.next:
            step += " [red](blocked)[/]" if line.blocked_by else " [green](may be taken)[/]"
        if not line.states:
            step = ""
        table.add_row(f"{gate.phase} {gate.title}", span, GATE[gate.state], gate.run, where, step)
    return table


def _blocked(say: object, line: PhaseLine) -> None:
    from rich.markup import escape

    assert callable(say)
    for reason in line.blocked_by[:SHOWN]:
        say(f"  phase {line.standing.phase} blocked: {escape(' '.join(reason.split())[:300])}")
    if len(line.blocked_by) > SHOWN:
        say(f"  … and {len(line.blocked_by) - SHOWN} more")


def _groups(found: Board) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("group")
    for state, colour in COLOUR.items():
        table.add_column(state, justify="right", style=colour)
    table.add_column("which", overflow="fold", style="dim")
    for group in found.groups:
        counts = [str(len(group.states[s])) if s in group.states else "·" for s in COLOUR]
        split = [
            f"{s}: {', '.join(keys[:4])}{' …' if len(keys) > 4 else ''}" for s, keys in group.states.items()
        ]
        table.add_row(group.name, *counts, "; ".join(split) if len(group.states) > 1 else "")
    return table
