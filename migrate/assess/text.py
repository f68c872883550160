"""An assessment in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from migrate.assess.report import plan_of

if TYPE_CHECKING:
    from rich.console import Console

COLOURS = {"go": "green", "go with conditions": "yellow", "hold": "red", "fix Dagster first": "red"}
MARKS = {
    "fix first": "[red]fix first[/red]",
    "condition": "[yellow]condition[/yellow]",
    "note": "[dim]note[/dim]",
}
SHOWN = 5


def print_report(report: dict[str, Any], console: Console, shown: int = SHOWN) -> None:
    """Headings with facts and findings, effort, order, and the verdict last, where the eye ends."""
    from rich.markup import escape

    for heading in report["headings"]:
        console.print(f"\n[bold]{heading['title']}[/bold]")
        for fact in heading["facts"]:
            console.print(f"  {escape(fact)}")
        for finding in heading["findings"]:
            console.print(
                f"  {MARKS[finding['weight']]} [bold]{escape(finding['title'])}[/bold] ({finding['name']})"
            )
            _evidence(finding, console, shown)
            console.print(f"    [dim]means: {escape(finding['means'])}[/dim]")
            if finding["reason"]:
                console.print(f"    [dim]weighed so: {escape(finding['reason'])}[/dim]")
    _effort(report, console)
    _order(report, console)
    _verdict(report, console)


def _evidence(finding: dict[str, Any], console: Console, shown: int) -> None:
    from rich.markup import escape

    for evidence in finding["evidence"][:shown]:
        place = f"{evidence['file']}:{evidence['line']}" if evidence["line"] else evidence["file"]
        console.print(f"    [cyan]{escape(place)}[/cyan] {escape(evidence['said'])}")
    if finding["count"] > shown:
        console.print(f"    … and {finding['count'] - shown} more (--json lists all)")


def _effort(report: dict[str, Any], console: Console) -> None:
    low, high = report["effort"]["hours"]
    days = report["effort"]["days"]
    console.print(
        f"\n[bold]Effort[/bold]: {low:g}–{high:g} hours, {days[0]:g}–{days[1]:g} days of one person"
    )
    for line in report["effort"]["lines"]:
        console.print(f"  {line['what']}: {line['said']}")
    for row in report["natures"]:
        console.print(f"  {row['count']:4} {row['said']}")


def _order(report: dict[str, Any], console: Console) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("Wave", "Moves alone", "Makes", "Needs", "Would notice"):
        table.add_column(title, overflow="fold")
    for step in report["order"]:
        needs = ", ".join(step["needs"][:3]) + (" …" if len(step["needs"]) > 3 else "")
        made = step["makes"][0] if len(step["makes"]) == 1 else f"{len(step['makes'])} tables"
        table.add_row(
            str(step["wave"]), step["name"], made, needs, f"{step['radius']} nodes, {step['checks']} checks"
        )
    console.print("\n[bold]Order of work[/bold], leaves first")
    console.print(table)


def _verdict(report: dict[str, Any], console: Console) -> None:
    from rich.markup import escape

    verdict = report["verdict"]
    colour = COLOURS[verdict["word"]]
    console.print(
        f"\n[bold]Verdict: [{colour}]{verdict['word']}[/{colour}][/bold] ({escape(verdict['rule'])})"
    )
    if verdict["reason"]:
        console.print(f"  computed: {verdict['computed']}; overridden: {escape(verdict['reason'])}")
    for condition in verdict["conditions"]:
        console.print(
            f"  {escape(condition['what'])}\n    [dim]lifted by: {escape(condition['lifts'])}[/dim]"
        )


def print_plan(report: dict[str, Any], console: Console, shown: int = SHOWN) -> None:
    """What to fix first, as an ordered plan."""
    from rich.markup import escape

    plan = plan_of(report)
    if not plan:
        console.print("Nothing was found that should be fixed first.")
    for number, finding in enumerate(plan, 1):
        low, high = (finding["count"] * hours for hours in finding["hours"])
        console.print(
            f"{number}. {MARKS[finding['weight']]} [bold]{escape(finding['title'])}[/bold] {low:g}–{high:g} h"
        )
        _evidence(finding, console, shown)
        console.print(f"    do: {escape(finding['lifts'])}")
