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
def dual_run(
    phase: str | None,
    years: str | None,
    config: Path,
    as_json: bool,
    sequential: bool,
    time_limit: float | None,
    prefect_port: int | None,
    prefect_api_url: str,
) -> int:
    """Run both orchestrators side by side on the same frozen input.

    Each side works in a copy of its own, in its own interpreter; every step goes to a ledger, and
    each is judged by what it wrote. Exit code: 0 both succeeded, 1 a side failed, 2 a side did not run.
    """
    from migrate.config import load
    from shims import dual
    from shims.progress import live_view

    plan = _plan(load(config), phase, years, time_limit, sequential, prefect_api_url, prefect_port)
    try:
        with live_view(plan.years) as view:
            record = dual.run(plan, view)
    except dual.Stopped as stopped:
        click.echo(
            f"stopped by {stopped}: both sides and the server have ended, nothing is left running.\n"
            f"left to look at: {plan.folder} (ledger and logs; no run.json, so it counts nowhere)",
            err=True,
        )
        return INTERRUPTED
    if as_json:
        click.echo(json.dumps({"run": str(plan.folder / "run.json"), **_summary(record)}, indent=2))
    else:
        click.echo(_text(record, plan.folder))
    return _exit_code(record)


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


def _summary(record: dict[str, Any]) -> dict[str, Any]:
    kept = ("status", "reason", "cpu_seconds", "server_cpu_seconds", "wall_seconds", "max_rss_bytes")
    sides = {
        name: {**{key: side[key] for key in kept}, "tables": len(side["outputs"]), "rows": _rows(side)}
        for name, side in record["sides"].items()
    }
    return {
        "id": record["id"],
        "phase": record["phase"],
        "years": record["years"],
        "sides": sides,
        "cpu_ratio": _ratio(record),
        "parameters": record["parameters"],
    }


def _rows(side: dict[str, Any]) -> int:
    return sum(output["rows"] for output in side["outputs"])


def _ratio(record: dict[str, Any]) -> float | None:
    """CPU seconds of the target for one of the legacy's; None unless both sides succeeded."""
    dagster, prefect = record["sides"]["dagster"], record["sides"]["prefect"]
    if not dagster["cpu_seconds"] or {dagster["status"], prefect["status"]} != {"succeeded"}:
        return None
    return round(float(prefect["cpu_seconds"]) / float(dagster["cpu_seconds"]), 3)


def _text(record: dict[str, Any], folder: Path) -> str:
    from shims.progress import brief

    lines = [
        f"dual run {record['id']}, years {', '.join(map(str, record['years']))}",
        f"{'':8} {'status':10} {'years':>5} {'tables':>6} {'rows':>11} {'CPU s':>8} {'wall s':>8} {'MB':>6}",
    ]
    for name, side in record["sides"].items():
        done = sum(year["status"] == "succeeded" for year in side["years"])
        lines.append(
            f"{name:8} {side['status']:10} {done:>5} {len(side['outputs']):>6} {_rows(side):>11,} "
            f"{side['cpu_seconds']:>8.1f} {side['wall_seconds']:>8.1f} {side['max_rss_bytes'] / 1e6:>6.0f}"
        )
        lines += [f"         {brief(side['reason'])}"] if side["reason"] else []
    server = record["sides"]["prefect"]["server_cpu_seconds"]
    starting = record["sides"]["prefect"].get("server_start_cpu_seconds", 0.0)
    ratio = _ratio(record)
    if ratio is not None:
        more = f"; its server {server:.1f} CPU s more, {starting:.1f} of them to start" if server else ""
        lines.append(f"Prefect used {ratio:.2f} of Dagster's CPU time{more}")
    lines += _versions(record["sides"])
    lines += _proof(record["parameters"])
    lines.append("Rows are counted here, not compared: `migrate parity` and `migrate gate` do that.")
    return "\n".join([*lines, f"ledger: {folder / 'ledger.jsonl'}", f"record: {folder / 'run.json'}"])


def _versions(sides: dict[str, Any]) -> list[str]:
    """Engines that differ between the sides: a difference in rows may then not be the orchestrator's."""
    dagster, prefect = sides["dagster"]["versions"], sides["prefect"]["versions"]
    return [
        f"versions differ: {name} {dagster[name]} under Dagster, {prefect[name]} under Prefect"
        for name in dagster
        if name in prefect and dagster[name] != prefect[name]
    ]


def _proof(proof: dict[str, Any] | None) -> list[str]:
    from shims.progress import brief

    if proof is None:
        return []
    other, impossible = proof["other_year"], proof["impossible_year"]
    if other["status"] == "not_run":
        return [f"years {impossible['year']} and {other['year']} were not tried: {brief(other['reason'])}"]
    refused = impossible["refused"] and impossible["unchanged"]
    works = other["status"] == "succeeded" and other["differs"]
    return [
        f"year {impossible['year']}: "
        + ("refused, nothing changed" if refused else "NOT REFUSED as it must be"),
        f"year {other['year']}: "
        + (
            f"works, {other['rows']:,} rows of its own"
            if works
            else f"DOES NOT WORK: {brief(other['reason'])}"
        ),
    ]
