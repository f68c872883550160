"""`migrate cutover` and `migrate rollback`: authority moves asset by asset, and every move is recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.config import FILE_NAME, load
from migrate.errors import NO, YES

if TYPE_CHECKING:
    from migrate.config import Migration
    from migrate.routing_moves import Plan
    from validation.standing import Standing

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
REASON = click.option("--reason", required=True, help="Why; recorded with the move.")
BY = click.option("--by", "who", default="", help="Who decides it; default: the user of this machine.")
DRY = click.option("--dry-run", is_flag=True, help="Say what would move, and write nothing.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
ASSETS = click.argument("assets", nargs=-1, metavar="[ASSET|group:NAME|GLOB]…")


@click.command()
@ASSETS
@click.option(
    "--phase", metavar="N", help="All assets of this phase; with ASSETs: the phase whose gate counts."
)
@click.option("--to", type=click.Choice(["shadow", "prefect", "retired"]), help="The state to reach.")
@REASON
@BY
@DRY
@CONFIG
@AS_JSON
def cutover(
    assets: tuple[str, ...],
    phase: str | None,
    to: str | None,
    reason: str,
    who: str,
    dry_run: bool,
    config: Path,
    as_json: bool,
) -> int:
    """Move assets one step forward: dagster → shadow → prefect → retired.

    Only over a gate that is green and not stale: of the phase named, else of any phase that holds all of
    these assets. Exit code 0: moved and recorded; 1: the gate does not allow it; 2: an unknown asset, a
    step that is none, or a hole.
    """
    from migrate import routing, routing_graph, routing_moves

    migration = load(config)
    graph, routes = routing_graph.load_graph(migration), routing.load(migration.root)
    words = _words(assets, phase, migration)
    plan = routing_moves.forward(routes, graph, words, to)
    gates = _gates(migration, graph, words, phase)
    ground = next((gate for gate in gates if gate.green), None)
    if ground is None:
        _refused(gates, plan)
        return NO
    return _do(plan, "cutover", reason, who, dry_run, as_json, ground)


@click.command()
@ASSETS
@click.option("--phase", metavar="N", help="All assets of this phase.")
@click.option("--to", type=click.Choice(["dagster", "shadow", "prefect"]), help="How far back.")
@REASON
@BY
@DRY
@CONFIG
@AS_JSON
def rollback(
    assets: tuple[str, ...],
    phase: str | None,
    to: str | None,
    reason: str,
    who: str,
    dry_run: bool,
    config: Path,
    as_json: bool,
) -> int:
    """Give assets back to Dagster, at once; no gate is asked.

    Without --to, `prefect` and `retired` become `shadow` (Dagster's output counts again), `shadow` becomes
    `dagster`. What feeds them by value and would leave a hole is taken along. Exit code 0: recorded and done.
    """
    from migrate import routing, routing_graph, routing_moves

    migration = load(config)
    # Going back must not wait for anything: an older graph names the same assets.
    graph, routes = routing_graph.load_graph(migration, stale=True), routing.load(migration.root)
    plan = routing_moves.back(routes, graph, _words(assets, phase, migration), to)
    return _do(plan, "rollback", reason, who, dry_run, as_json, None)


def _words(assets: tuple[str, ...], phase: str | None, migration: Migration) -> tuple[str, ...]:
    if not assets and phase is None:
        raise click.UsageError("say which: ASSET…, group:NAME, a glob, or --phase N")
    return assets or migration.phase(str(phase)).assets


def _gates(migration: Migration, graph: Any, words: tuple[str, ...], phase: str | None) -> list[Standing]:
    """The gates that may allow the step: of the phase named, else of every phase that holds all assets."""
    from migrate.errors import ConfigError
    from validation.standing import standing

    chosen = set(graph.select(words))
    holding = [n for n, p in migration.phases.items() if chosen <= set(graph.select(p.assets))]
    if phase is not None:
        migration.phase(phase)
        holding = [n for n in holding if n == str(phase)]
    if not holding:
        where = f"phase {phase}" if phase else "any one phase"
        raise ConfigError(
            f"not all of these assets belong to {where}",
            file=migration.file,
            remedy="A step rests on one phase's gate: `assets` of [phases.N] says what it covers.",
        )
    return [standing(migration, number) for number in sorted(holding, key=_number, reverse=True)]


def _number(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdigit() else (0, name)


def _refused(gates: list[Standing], plan: Plan) -> None:
    click.secho("✗ not moved", fg="red", nl=False, err=True)
    click.echo(f": {len(plan.assets)} assets stay where they are; no gate allows the step", err=True)
    for gate in gates:
        click.echo(f"  phase {gate.phase} ({gate.title}) is {gate.state}", err=True)
        for reason in gate.reasons[:5]:
            click.echo(f"    {reason}", err=True)
        if len(gate.reasons) > 5:
            click.echo(f"    and {len(gate.reasons) - 5} more", err=True)


def _do(
    plan: Plan, move: str, reason: str, who: str, dry_run: bool, as_json: bool, ground: Standing | None
) -> int:
    """Record the move, then write the routes: a record without its route is seen by `migrate status`."""
    from migrate import files, routing_log

    evidence = ground.evidence if ground else None
    record: dict[str, Any] = {
        "move": move,
        "assets": {k: list(v) for k, v in plan.assets.items()},
        "dry_run": True,
    }
    if plan.assets and not dry_run:
        log = routing_log.log_file(plan.before.file.parent)
        record = routing_log.append(
            log, move, plan.assets, why=reason, routing_text=plan.after.text, evidence=evidence, who=who
        )
        files.write_text(plan.after.file, plan.after.text)
    if as_json:
        click.echo(json.dumps({"schema": 1, **record}, indent=2, ensure_ascii=False))
        return YES
    _print(plan, dry_run, ground)
    return YES


def _print(plan: Plan, dry_run: bool, ground: Standing | None) -> None:
    if not plan.assets:
        click.echo("nothing to move: these assets are there already")
        return
    steps: dict[tuple[str, str], list[str]] = {}
    for key, step in plan.assets.items():
        steps.setdefault(step, []).append(key)
    click.secho("would move" if dry_run else "✓ moved", fg="yellow" if dry_run else "green", nl=False)
    over = f", over the green gate of phase {ground.phase} (run {ground.run})" if ground else ""
    click.echo(f": {len(plan.assets)} assets{over}")
    for (old, new), keys in steps.items():
        more = f" and {len(keys) - 6} more" if len(keys) > 6 else ""
        click.echo(f"  {old} → {new}: {', '.join(keys[:6])}{more}")
    if plan.taken_along:
        click.echo(f"  taken along, or their values would be lost: {', '.join(plan.taken_along)}")
    if not dry_run:
        click.echo(f"recorded beside {plan.after.file.name}; commit both files")
