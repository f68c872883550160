"""`run.json`: what both sides did, in one object (schema: shims/schemas/run.schema.json)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.files import digest_file
from shims.written import Written, written

if TYPE_CHECKING:
    from shims.run_plan import RunPlan
    from shims.side_run import SideRun

SCHEMA = Path(__file__).parent / "schemas" / "run.schema.json"
CHECK_FIELDS = ("year", "asset", "check", "passed", "severity", "blocking")


@dataclass(frozen=True)
class Verdict:
    """A side's status (one of the schema's: `succeeded`, `failed`, `crashed`, …) and the reason."""

    status: str
    reason: str = ""


def judge(run: SideRun, found: Written) -> Verdict:
    """A side's status, by how it ended, what it told, and what it wrote; the worst of them counts."""
    told = run.told
    if run.trouble:
        status, _, reason = run.trouble.partition(": ")
        return Verdict(status, reason)
    if told.error and told.years:
        return Verdict("failed", told.error)
    if told.error:
        return Verdict("not_run", f"it could not begin: {told.error}")
    failed = {year: y for year, y in told.years.items() if not y.get("ok")}
    if told.finished is None:
        code = run.main.exit
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Verdict(
            "crashed", f"it ended with {how} before it was through (its logs: {run.plan.paths.logs})"
        )
    if failed or not told.finished or run.main.exit != 0:
        reasons = [f"{year}: {y.get('message') or 'failed'}" for year, y in failed.items()]
        return Verdict("failed", "; ".join(reasons) or f"it ended with exit code {run.main.exit}")
    if found.reason:
        return Verdict("failed", f"it says it succeeded, but {found.reason}")
    return Verdict("succeeded")


def side_record(run: SideRun, plan: RunPlan, input_sha256: str) -> dict[str, Any]:
    """One side of run.json: judged, measured, digested."""
    found = written(run.plan.database, plan.migration.outputs, plan.years)
    verdict = judge(run, found)
    exists = run.plan.database.is_file()
    return {
        "status": verdict.status,
        "exit": run.main.exit,
        "reason": verdict.reason,
        "python": run.told.python,
        "versions": run.told.versions,
        "input_sha256": input_sha256,
        "database": _relative(run.plan.database, plan.folder),
        "database_sha256": digest_file(run.plan.database) if exists else "",
        "bytes": run.plan.database.stat().st_size if exists else 0,
        "cpu_seconds": run.main.cpu_seconds,
        "wall_seconds": run.main.wall_seconds,
        "max_rss_bytes": run.main.max_rss_bytes,
        "server_cpu_seconds": 0.0,
        "prepare_cpu_seconds": run.prepared.cpu_seconds,
        "prepare_wall_seconds": run.prepared.wall_seconds,
        "steps": run.told.steps,
        "kept_years": list(run.kept_years),
        "years": [_year(year, run.told.years.get(year)) for year in plan.years],
        "checks": [{name: check.get(name) for name in CHECK_FIELDS} for check in run.told.checks],
        "outputs": [
            {"table": t.name, "rows": t.rows, **({"years": t.years} if t.years is not None else {})}
            for t in found.tables
        ],
    }


def _year(year: int, told: dict[str, Any] | None) -> dict[str, Any]:
    if told is None:
        return {"year": year, "run_id": "", "status": "not_run", "wall_seconds": 0.0, "cpu_seconds": 0.0}
    status = {True: "succeeded", False: "failed", None: "crashed"}[told.get("ok")]
    record = {
        "year": year,
        "run_id": told.get("run_id", ""),
        "status": status,
        "wall_seconds": told.get("seconds", 0.0),
        "cpu_seconds": told.get("cpu_seconds", 0.0),
        "observer_cpu_seconds": told.get("observer_cpu_seconds", 0.0),
    }
    return {**record, "message": told["message"]} if told.get("message") else record


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def commit(folder: Path) -> tuple[str, bool]:
    """The commit checked out in `folder` and whether files differ from it; ("", False) without git."""
    revision = _git(folder, ["rev-parse", "HEAD"])
    return (revision, bool(_git(folder, ["status", "--porcelain", "--", "."]))) if revision else ("", False)


def _git(folder: Path, words: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def schema() -> dict[str, Any]:
    """The JSON Schema of run.json."""
    value: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return value
