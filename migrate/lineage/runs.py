"""Who made what: recorded runs, from the ledger and run.json of dual runs.

One record a node, run, side and year. Versions, commit and fingerprints come from run.json; the moments and
the Prefect events `prefect.asset.materialization.*` from the ledger, where both sides' programs put them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from migrate.errors import EvidenceError
from migrate.lineage.graph import Made
from migrate.workspace import read_json


def recorded_runs(runs: Path) -> Iterator[Made]:
    """The makings of every finished run below the folder of runs, oldest run first."""
    for file in sorted(runs.glob("*/run.json")):
        try:
            record = read_json(file)
        except EvidenceError:
            continue  # a run that nobody can read made nothing that one could tell
        yield from _of_run(record, list(_ledger(file.with_name("ledger.jsonl"))))


def _ledger(file: Path) -> Iterator[dict[str, Any]]:
    """The ledger's records; a line torn by a crash is none."""
    if not file.is_file():
        return
    for line in file.read_bytes().splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _of_run(record: Mapping[str, Any], ledger: list[dict[str, Any]]) -> Iterator[Made]:
    started = {
        (r["side"], r.get("step"), r.get("year")): r.get("happened", r["at"])
        for r in ledger
        if r.get("what") == "step_started"
    }
    for event in ledger:
        side = event.get("side", "")
        about = (record.get("sides") or {}).get(side)
        if event.get("what") == "asset" and about:
            # Prefect names the asset only, its step is named like it; of a dbt node no start is told
            step = event.get("step") or event.get("asset")
            begun = started.get((side, step, event.get("year")), "")
            yield _made(record, about, side, event, begun)


def _made(
    record: Mapping[str, Any], about: Mapping[str, Any], side: str, event: Mapping[str, Any], begun: str
) -> Made:
    asset, year = str(event["asset"]), event.get("year")
    checks = [c for c in about.get("checks", ()) if c.get("asset") == asset and c.get("year") == year]
    run_ids = {y.get("year"): y.get("run_id", "") for y in about.get("years", ())}
    code = record.get("code")
    return Made(
        run=str(record.get("id", "")),
        node=asset,
        side=side,
        year=year,
        started=begun,
        finished=str(event.get("happened") or event.get("at")),
        ok=bool(event.get("ok", True)),
        run_id=str(event.get("run_id") or run_ids.get(year, "")),
        rows=_rows(about, asset, year),
        versions=dict(about.get("versions") or {}),
        commit=str(record.get("commit", "")),
        code_sha256=str(code.get(side, "")) if isinstance(code, dict) else "",
        input_sha256=str((record.get("input") or {}).get("sha256", "")),
        checks_passed=tuple(sorted(str(c["check"]) for c in checks if c.get("passed"))),
        checks_failed=tuple(sorted(str(c["check"]) for c in checks if not c.get("passed"))),
    )


def _rows(about: Mapping[str, Any], asset: str, year: Any) -> int | None:
    """Rows of the table as the side wrote it: of the year, where the table has one."""
    name = asset.rpartition("/")[2]
    for output in about.get("outputs", ()):
        if output.get("table") == name:
            years = output.get("years")
            found = years.get(str(year)) if isinstance(years, dict) else None
            return int(found) if found is not None else int(output["rows"])
    return None
