"""Proof that the target honours its year parameter: another year works, an impossible one is refused.

Runs after the main run on copies of what the Prefect side wrote, so that its outputs stay as judged.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from migrate.files import digest_file
from shims import freeze
from shims.progress import Quiet
from shims.run_plan import prefect_plan
from shims.side_run import SideRun
from shims.written import years_differ

if TYPE_CHECKING:
    from shims.ledger import Ledger
    from shims.run_plan import RunPlan, SidePlan


@dataclasses.dataclass(frozen=True)
class Trial:
    """What a trial needs of the dual run around it. `drive` polls a side until it has ended."""

    plan: RunPlan
    ledger: Ledger
    environment: Mapping[str, str]
    drive: Callable[[SideRun], None]


def prove(trial: Trial) -> dict[str, Any]:
    """Run both years; what became of them, as run.json keeps it.

    Raises:
        ValueError: the plan asks for no proof.
    """
    probe = trial.plan.probe
    if probe is None:
        raise ValueError("this phase has no parameters to prove")
    result = {
        "impossible_year": _impossible(trial, probe.impossible_year),
        "other_year": _other(trial, probe.other_year),
    }
    trial.ledger.add("parameters", "prefect", **result)
    return result


def not_proved(plan: RunPlan, reason: str) -> dict[str, Any] | None:
    """The record when the Prefect side left nothing to try it on; None when no proof was asked for."""
    if plan.probe is None:
        return None
    other, impossible = plan.probe.other_year, plan.probe.impossible_year
    return {
        "impossible_year": {"year": impossible, "refused": False, "message": reason, "unchanged": False},
        "other_year": {"year": other, "status": "not_run", "rows": 0, "differs": False, "reason": reason},
    }


def _impossible(trial: Trial, year: int) -> dict[str, Any]:
    side = _copy(trial, "impossible", year)
    before = digest_file(side.database)
    run = _run(trial, side)
    told = run.told.years.get(year, {})
    message = str(told.get("message") or run.told.error or run.trouble)
    refused = (
        told.get("ok") is False and run.told.finished is False and not told.get("tasks") and bool(message)
    )
    unchanged = side.database.is_file() and digest_file(side.database) == before
    shutil.rmtree(side.paths.out)
    return {"year": year, "refused": refused, "message": message, "unchanged": unchanged}


def _other(trial: Trial, year: int) -> dict[str, Any]:
    side = _copy(trial, "other", year)
    run = _run(trial, side)
    told = run.told.years.get(year, {})
    ok = bool(told.get("ok")) and run.told.finished is True and run.main.exit == 0
    rows, differs = 0, False
    reason = "" if ok else str(told.get("message") or run.told.error or run.trouble or "it crashed")
    if ok:
        rows, differs = years_differ(side.database, trial.plan.migration.outputs, trial.plan.years[0], year)
        reason = "" if rows else f"no table holds rows of {year}"
    shutil.rmtree(side.paths.out)
    status = "succeeded" if ok and rows else "failed"
    return {"year": year, "status": status, "rows": rows, "differs": differs, "reason": reason}


def _copy(trial: Trial, name: str, year: int) -> SidePlan:
    """A Prefect side of its own over the same code, that starts from a copy of the outputs."""
    plan = trial.plan
    base = plan.folder / "parameters" / name
    side = prefect_plan(plan.migration, plan.run_id, base, [year], work=plan.prefect.paths.work)
    side.make()
    freeze.copy(plan.prefect.paths.out, ["."], side.paths.out)
    return dataclasses.replace(side, prepare=())


def _run(trial: Trial, side: SidePlan) -> SideRun:
    run = SideRun(
        side,
        trial.ledger,
        Quiet(),
        time_limit=trial.plan.time_limit,
        environment=trial.environment,
        label="parameters",
    )
    run.start()
    trial.drive(run)
    return run
