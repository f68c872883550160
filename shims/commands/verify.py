"""`migrate verify`: is the graph that Prefect runs the graph that Dagster runs?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.errors import NO, YES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrate.config import Migration
    from migrate.difference import Difference
    from shims.verify import Verdict

MOST_SHOWN = 40
NAMES_SHOWN = 6


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(),
    help="migration.toml, or its folder (default: here).",
)
@click.option("--json", "as_json", is_flag=True, help="Print equivalence.json instead of the summary.")
@click.option("--checks", is_flag=True, help="Also run every check on good and on corrupted data.")
@click.option(
    "--run", "run_id", help="With --checks: the dual run to take good data from (default: the newest)."
)
def verify(config: Path, as_json: bool, checks: bool, run_id: str | None) -> int:
    """Compare the graph Dagster loads with the graph Prefect loads.

    Both projects are loaded in their own interpreters, over copies; no asset, task or check runs.
    Writes equivalence.json into the state folder. With --checks, what Dagster's side of a dual run
    wrote is copied and corrupted, and every check runs alone on both sides, until Dagster's verdict
    flips; writes verdicts.json. Exit code: 0 equal, 1 different, 2 a side does not load.
    """
    from migrate.config import load
    from shims.verify import verify as run

    verdict = run(load(config))
    if as_json:
        click.echo(json.dumps(verdict.written, indent=2, ensure_ascii=False))
    else:
        _print(verdict)
    equal = verdict.equivalence.equal
    if checks:
        equal = _checks(load(config), run_id, as_json) and equal
    return YES if equal else NO


def _checks(migration: Migration, run_id: str | None, as_json: bool) -> bool:
    """Run the checks and print what came of it; whether the sides agree."""
    from migrate.verdicts import differences
    from shims.verdicts import judge

    judged = judge(migration, run_id)
    if as_json:
        click.echo(json.dumps(judged.written, indent=2, ensure_ascii=False))
        return judged.verdicts.equal
    found = judged.verdicts
    for verdict in list(differences(found))[:MOST_SHOWN]:
        click.echo(f"≠ check {verdict.asset}:{verdict.check}: {verdict.detail}")
    for verdict in (v for v in found.verdicts if v.outcome in ("not flipped", "not run")):
        why = f" ({verdict.detail})" if verdict.detail else ""
        click.echo(f"{verdict.outcome}: {verdict.asset}:{verdict.check}{why}")
    for text in found.failed_changes:
        click.echo(f"≠ a corruption that Prefect's side could not repeat: {text}")
    counted = ", ".join(f"{count} {outcome}" for outcome, count in found.summary.items())
    click.echo(
        f"checks on good data and {found.rounds} rounds of corrupted data: {counted}; "
        f"{'equal' if found.equal else 'different'}; {judged.file}"
    )
    return found.equal


def _print(verdict: Verdict) -> None:
    found = verdict.equivalence
    width = max(len(name) for name in found.counts)
    click.echo(f"{'':{width}}  Dagster  Prefect")
    for name, (left, right) in found.counts.items():
        sign = "=" if left == right else "≠"
        click.echo(f"{name:{width}}  {left:7d}  {right:7d}  {sign}")
    click.echo("")
    alike = _alike(found.differences)
    for key, same in list(alike.items())[:MOST_SHOWN]:
        _print_alike(key[0], same)
    if len(alike) > MOST_SHOWN:
        click.echo(f"… and {sum(len(same) for same in list(alike.values())[MOST_SHOWN:])} more in the file")
    if found.undeployed or found.unimportable:
        click.echo(
            f"not compared: {len(found.undeployed)} definitions that Dagster does not deploy, "
            f"{len(found.unimportable)} modules that do not import"
        )
    explained = len(found.differences) - len(found.unexplained)
    refused = f", {len(found.refused)} of them refused by the converter" if found.refused else ""
    verdict_line = "equal" if found.equal else f"different: {len(found.unexplained)} differences{refused}"
    click.echo(f"{verdict_line}" + (f", {explained} explained" if explained else "") + f"; {verdict.file}")


def _alike(differences: Sequence[Difference]) -> dict[tuple[str, str, str, str], list[Difference]]:
    """Differences that say the same of many things, together; those that nothing accounts for first."""
    found: dict[tuple[str, str, str, str], list[Difference]] = {}
    for difference in sorted(differences, key=lambda d: (bool(d.explained), bool(d.refused))):
        sides = _shown(difference.dagster), _shown(difference.prefect)
        why = difference.explained or difference.refused
        found.setdefault((difference.what, *sides, why), []).append(difference)
    return found


def _print_alike(what: str, same: list[Difference]) -> None:
    first = same[0]
    names = ", ".join(difference.key for difference in same[:NAMES_SHOWN])
    more = f" and {len(same) - NAMES_SHOWN} more" if len(same) > NAMES_SHOWN else ""
    word = "explained" if first.explained else "refused" if first.refused else "differs"
    click.echo(f"{word}: {what} {names}{more}")
    click.echo(f"    Dagster  {_shown(first.dagster)}")
    click.echo(f"    Prefect  {_shown(first.prefect)}")
    if why := first.explained or first.refused:
        click.echo(f"    why      {why}")


def _shown(value: Any) -> str:
    return (
        "–" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )
