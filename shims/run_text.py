"""A dual run in words: its table, what was resumed, what was known to fail, what is left of a stopped one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shims.ledger import read_ledger
from shims.progress import brief


def stopped(folder: Path, by: Exception) -> str:
    """What is left of a run that was ended, and how to go on with it."""
    through = [
        r.side for r in read_ledger(folder / "ledger.jsonl") if r.what == "side_ended" and r.facts["through"]
    ]
    lines = [f"stopped by {by}: both sides and the server have ended, nothing is left running."]
    for side in ("dagster", "prefect"):
        years = sorted(p.name for p in folder.glob(f"{side}/kept/*") if p.name.isdigit())
        done = f"done up to {years[-1]}" if years else "begins again"
        lines.append(f"  {side}: {'all its years are done' if side in through else done}")
    lines.append(f"left to look at: {folder} (ledger and logs; no run.json, so it counts nowhere)")
    return "\n".join([*lines, f"to go on with it: migrate dual-run --resume {folder.name}"])


def summary(record: dict[str, Any]) -> dict[str, Any]:
    """What `--json` prints of run.json."""
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


def text(record: dict[str, Any], folder: Path) -> str:
    """A table of both sides, and what else a person should know of the run."""
    lines = [
        f"dual run {record['id']}, years {', '.join(map(str, record['years']))}",
        f"{'':8} {'status':13} {'years':>5} {'tables':>6} {'rows':>11} {'CPU s':>8} {'wall s':>8} {'MB':>6}",
    ]
    for name, side in record["sides"].items():
        done = sum(year["status"] == "succeeded" for year in side["years"])
        lines.append(
            f"{name:8} {side['status']:13} {done:>5} {len(side['outputs']):>6} {_rows(side):>11,} "
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
    lines += _resumed(record)
    lines += _known(record)
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


def _resumed(record: dict[str, Any]) -> list[str]:
    kept = {name: years for name, years in (record.get("resumed") or {}).items() if years}
    return [
        f"resumed: {name} kept {', '.join(map(str, years))} of an earlier attempt"
        for name, years in kept.items()
    ]


def _known(record: dict[str, Any]) -> list[str]:
    """Failing checks of the Prefect side, those that the baseline knows told apart."""
    baseline = record.get("baseline") or {"known_failures": [], "stale": ""}
    known = {(k["asset"], k["name"]) for k in baseline["known_failures"]}
    failing = {(c["asset"], c["check"]) for c in record["sides"]["prefect"]["checks"] if not c["passed"]}
    lines = [f"check {a}:{c} fails, known to fail on the legacy alone" for a, c in sorted(failing & known)]
    return [*lines, f"the baseline is stale: {baseline['stale']}"] if baseline["stale"] else lines


def _proof(proof: dict[str, Any] | None) -> list[str]:
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
