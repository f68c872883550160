"""The `migrate` command: a thin, lazy shell around the commands of all rooms.

Commands are found as entry points (`changeover.commands`) and imported only when called, so that
`migrate --help` costs no Dagster, Prefect, dbt or Great Expectations. A `ChangeoverError` becomes
one clear message on standard error and exit code 2.
"""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint, entry_points, version

import click

from migrate.ending import Process
from migrate.errors import CANNOT_SAY, ChangeoverError

ORDER = (
    *("init", "assess", "inventory", "lineage", "convert", "rules", "verify"),
    *("preflight", "baseline", "calibrate", "dual-run", "parity", "gate", "sign-off"),
    *("status", "cutover", "rollback", "shadow", "dashboard", "learn"),
)
SUMMARY = {
    "init": "Write a first migration.toml from what is found in a project.",
    "inventory": "What a Dagster project is made of: every construct, its place and its disposition.",
    "assess": "Whether to move, what stands in the way, what it costs, in which order.",
    "lineage": "What is made of what, across Python, dbt and years, and who made it when.",
    "convert": "Write the Prefect project that a Dagster project becomes.",
    "rules": "The constructs the converter knows, and what becomes of each.",
    "verify": "Compare the graph Dagster loads with the graph Prefect loads.",
    "preflight": "Find what would keep a dual run from working, before it starts.",
    "baseline": "Run the legacy alone and judge it by what it wrote.",
    "calibrate": "Run one side against itself: what differs by itself, and what is a defect.",
    "dual-run": "Run both orchestrators side by side on the same frozen input.",
    "parity": "Compare two DuckDB files or folders, table by table and year by year.",
    "gate": "Let Great Expectations decide whether a phase may end.",
    "sign-off": "Write a phase's sign-off report, bound to its evidence.",
    "status": "The whole board: phases, gates, routes, green ticks, what blocks the next step.",
    "cutover": "Move assets one step towards Prefect, over a green gate.",
    "rollback": "Give assets back to Dagster, at once.",
    "shadow": "Run the target beside the legacy at every tick of its schedule.",
    "dashboard": "Everything in a browser: board, lineage, parity, runs, checks, evidence, bench.",
    "learn": "Ten exercises: Prefect for people who know Dagster.",
}


class LazyCommands(click.Group):
    """A click group whose commands are entry points, loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a migration, then any that other distributions add."""
        found = _found()
        return [n for n in ORDER if n in found] + sorted(n for n in found if n not in ORDER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None when there is none of that name."""
        point = _found().get(cmd_name)
        if point is None:
            return None
        command = point.load()
        if not isinstance(command, click.Command):
            raise ChangeoverError(f"the entry point {point.value} is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARY.get(name, "")) for name in self.list_commands(ctx)])


def _found() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="changeover.commands")}


@click.command(
    cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(version("changeover"), prog_name="changeover")
def group() -> None:
    """Move a Dagster project to Prefect in phases, and prove each phase.

    Exit codes everywhere: 0 yes (done, equal, green), 1 no (differs, red, needs a person),
    2 cannot say (bad input, a side that did not run).
    """


def main() -> None:
    """Run the command line; user errors are one message and exit code 2, never a traceback."""
    Process.ends = True
    try:
        sys.exit(group.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(CANNOT_SAY)
    except ChangeoverError as problem:
        click.echo(f"{click.style('error', fg='red', bold=True)}: {_lines(problem)}", err=True)
        sys.exit(CANNOT_SAY)
    except OSError as problem:
        place = f" ({problem.filename})" if problem.filename else ""
        click.echo(
            f"{click.style('error', fg='red', bold=True)}: {problem.strerror or problem}{place}", err=True
        )
        sys.exit(CANNOT_SAY)
    finally:
        Process.ends = False


def _lines(problem: ChangeoverError) -> str:
    lines = [problem.cause]
    if problem.place:
        lines.append(f"  where:  {problem.place}")
    if problem.remedy:
        lines.append(f"  remedy: {problem.remedy}")
    return "\n".join(lines)
