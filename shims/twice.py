"""One side twice on the same input, one run after the other, each in folders of its own: A/A."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.workspace import Workspace
from shims import prechecks
from shims.ledger import now
from shims.run_plan import DAGSTER, PREFECT, dagster_plan, make_plan, prefect_plan
from shims.session import begin, drive, fingerprinted, freeze_side, judged, opened, start_server

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.progress import View
    from shims.run_plan import SidePlan
    from shims.session import Frozen, Session

NAMES = ("a", "b")


@dataclass(frozen=True)
class Once:
    """One of the two runs: its record as in run.json, its database, and when it ran (ISO 8601)."""

    record: dict[str, Any]
    database: Path
    started: str
    finished: str

    @property
    def run_ids(self) -> tuple[str, ...]:
        """The orchestrator's ids of its runs."""
        return tuple(year["run_id"] for year in self.record["years"] if year["run_id"])


def run_twice(
    migration: Migration, side: str, years: Sequence[int], time_limit: float, view: View
) -> tuple[Once, Once]:
    """Run a side twice; the folder of the last calibration of that side is replaced.

    Raises:
        ChangeoverError: it could not be started.
        Stopped: the user ended it.
    """
    folder = Workspace.of(migration).calibration(side)
    plan = make_plan(migration, years=years, time_limit=time_limit, folder=folder)
    prechecks.check_side(plan, plan.dagster if side == DAGSTER else plan.prefect)
    with opened(plan, view, again=True) as session:
        for name in (*NAMES, DAGSTER, PREFECT):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "calibration.json").unlink(missing_ok=True)
        frozen = fingerprinted(session)
        if side == PREFECT:
            plan.prefect.paths.make()  # the server's logs go there
            start_server(session)
        a, b = (_once(session, _plan(session, side, name), frozen, name) for name in NAMES)
        session.outcome = {"a": a.record["status"], "b": b.record["status"]}
    return a, b


def _plan(session: Session, side: str, name: str) -> SidePlan:
    plan = session.plan
    base = plan.folder / name
    if side == DAGSTER:
        return dagster_plan(plan.migration, plan.run_id, base, plan.years)
    return prefect_plan(plan.migration, plan.run_id, base, plan.years)


def _once(session: Session, side: SidePlan, frozen: Frozen, name: str) -> Once:
    freeze_side(session, side, frozen, name)
    started = now()
    run = begin(session, side, name)
    drive(session, run)
    return Once(judged(session, run, frozen.copies[name], name), side.database, started, now())
