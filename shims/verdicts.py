"""`migrate verify --checks`: every check on both sides, on good data and on corrupted data.

The good data is what Dagster's side of a finished dual run wrote. Each side gets copies of it in a
temporary folder, its own interpreter and one process; no model and no asset is made again.
"""

from __future__ import annotations

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate import files, verdicts
from migrate.errors import EvidenceError, SideError
from migrate.workspace import Workspace, read_json
from shims.handed import handed
from shims.run_plan import DAGSTER, PREFECT, SidePlan, dagster_plan, prefect_plan
from shims.verify import does_not_load, existing, prepared, run_to_end

if TYPE_CHECKING:
    from migrate.config import Migration

TIME_LIMIT_SECONDS = 3600.0


@dataclass(frozen=True)
class Judged:
    """What was found, and where it was written."""

    verdicts: verdicts.Verdicts
    file: Path
    written: dict[str, Any]


def judge(migration: Migration, run_id: str | None = None) -> Judged:
    """Run every check on both sides, compare, write `verdicts.json`.

    Raises:
        EvidenceError: there is no finished dual run to take good data from.
        SideError: a side does not load, or takes too long.
    """
    run = _finished(migration, run_id)
    years = [int(year) for year in run["years"]][-1:]
    legacy = files.digest_tree(existing(migration, migration.legacy.root, "legacy"))
    target = files.digest_tree(existing(migration, migration.target.root, "target"))
    data = Workspace.of(migration).run(run["id"]) / DAGSTER / "out"
    with tempfile.TemporaryDirectory(prefix="verdicts-") as folder, ThreadPoolExecutor(2) as both:
        left = dagster_plan(migration, "verify", Path(folder, DAGSTER), years)
        right = prefect_plan(migration, "verify", Path(folder, PREFECT), years)
        list(both.map(lambda plan: prepared(migration, plan), (left, right)))
        dagster = _answer(migration, left, _asked(left, data))
        prefect = _answer(migration, right, {**_asked(right, data), "rounds": dagster["rounds"]})
    found = verdicts.compare(dagster, prefect)
    about = {"run": run["id"], "data_sha256": files.digest_tree(data)}
    written = found.as_json(**about, legacy_sha256=legacy, target_sha256=target)
    file = Workspace.of(migration).verdicts
    files.write_json(file, written)
    return Judged(found, file, written)


def _finished(migration: Migration, run_id: str | None) -> dict[str, Any]:
    """run.json of the dual run that is named, or of the newest whose Dagster side succeeded."""
    runs = Workspace.of(migration).runs
    for file in [runs / run_id / "run.json"] if run_id else sorted(runs.glob("*/run.json"), reverse=True):
        run = read_json(file)
        if run.get("sides", {}).get(DAGSTER, {}).get("status") == "succeeded":
            return run
    raise EvidenceError(
        "no dual run whose Dagster side succeeded" + (f" is called {run_id}" if run_id else ""),
        file=runs,
        remedy="Run `migrate dual-run --phase 1` first: checks are tried on what Dagster wrote.",
    )


def _asked(plan: SidePlan, data: Path) -> dict[str, Any]:
    """What a side's program is asked: the project, its folders, and the year."""
    run = plan.request["runs"][-1]
    about = {k: plan.request[k] for k in ("module", "attribute", "job", "flow") if k in plan.request}
    return {
        "root": str(plan.folder),
        **about,
        **{k: run[k] for k in ("partition", "run_config", "parameters") if k in run},
        "good": str(data.resolve()),
        "out": str(plan.paths.out),
        "database": os.path.relpath(plan.database, plan.paths.out),
        "answer": str(plan.paths.base / "answer.json"),
    }


def _answer(migration: Migration, plan: SidePlan, request: dict[str, Any]) -> dict[str, Any]:
    """Start a side's program and read its answer."""
    files.write_json(plan.paths.request, request)
    command = [plan.python, handed(f"{plan.name}_checks", plan.paths.base), str(plan.paths.request)]
    code, said = run_to_end(plan, command, "checks", TIME_LIMIT_SECONDS)
    answer = Path(request["answer"])
    if not answer.is_file():
        raise SideError(
            f"the checks of the {plan.name.capitalize()} side gave no answer: exit code {code}: {said}",
            file=migration.file,
        )
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    if "error" in found:
        raise does_not_load(migration, plan, found["error"])
    return found
