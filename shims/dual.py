"""The dual run: freeze, run both sides, watch them, judge what they wrote, write it all down.

Whatever happens, every process it started has ended when it returns.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from migrate.files import digest_file, write_json
from shims import baseline, parameters, prechecks, resume, run_record, version_differences
from shims.ledger import now
from shims.session import (
    Frozen,
    Session,
    Stopped,
    begin,
    drive,
    fingerprinted,
    freeze_side,
    judged,
    opened,
    start_server,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shims.progress import View
    from shims.run_plan import RunPlan
    from shims.side_run import SideRun

__all__ = ["Stopped", "run"]


def run(plan: RunPlan, view: View, *, again: bool = False) -> dict[str, Any]:
    """Do the dual run and return what run.json holds.

    Args:
        plan: what to do; its folder must not be there yet unless the run is done `again`.
        view: where it tells what happens.
        again: go on with the interrupted run of this folder (see `resume`).

    Raises:
        ChangeoverError: it could not be started, or what it did could not be written down.
        Stopped: the user ended it.
    """
    prechecks.check(plan)
    standing = baseline.require(plan.migration)
    differences = version_differences.require(plan)
    with opened(plan, view, again=again) as session:
        for difference in differences:
            view.note(difference.text)
        record = _run(session, again)
        record["version_differences"] = [asdict(difference) for difference in differences]
        record["baseline"] = standing.as_json() if standing else None
        session.outcome = {name: side["status"] for name, side in record["sides"].items()}
    write_json(plan.folder / "run.json", record)
    return record


def _run(session: Session, again: bool) -> dict[str, Any]:
    plan, started = session.plan, now()
    commit, dirty = run_record.commit(plan.migration.root)
    config = digest_file(plan.migration.file)
    if again:
        session.kept = resume.keep(plan, session.ledger)
    else:
        _note_start(session, commit, config)
    frozen = _freeze(session)
    sides = _both_sides(session, frozen.copies)
    session.view.note("both sides have ended; reading what they wrote")
    proof = _prove(session, sides["prefect"])
    return {
        "schema": 1,
        "id": plan.run_id,
        "phase": int(phase) if (phase := str(plan.phase)).isdigit() else plan.phase,
        "years": list(plan.years),
        "started": started,
        "finished": now(),
        "commit": commit,
        "dirty": dirty,
        "sequential": plan.sequential,
        "resumed": {name: list(kept.years) for name, kept in session.kept.items()} if again else None,
        "config_sha256": config,
        "input": {"sha256": frozen.source.sha256, "files": [asdict(file) for file in frozen.source.files]},
        "code": dict(frozen.code),
        "sides": sides,
        "parameters": proof,
    }


def _note_start(session: Session, commit: str, config: str) -> None:
    """What the run was asked to do: `--resume` asks for the same again."""
    plan = session.plan
    session.ledger.add(
        "start",
        run=plan.run_id,
        phase=plan.phase,
        years=plan.years,
        sequential=plan.sequential,
        time_limit=plan.time_limit,
        commit=commit,
        config_sha256=config,
    )


def _freeze(session: Session) -> Frozen:
    """Copy the inputs and the code once a side; a side that is through keeps the copy it ran on."""
    frozen = fingerprinted(session)
    for side in session.plan.sides:
        kept = session.kept.get(side.name)
        if kept is not None and kept.done:
            frozen.code[side.name], frozen.copies[side.name] = kept.code, frozen.source.sha256
        else:
            freeze_side(session, side, frozen)
    return frozen


def _both_sides(session: Session, inputs: Mapping[str, str]) -> dict[str, Any]:
    plan = session.plan
    if plan.sequential:
        dagster = begin(session, plan.dagster)
        drive(session, dagster)
        start_server(session)
        prefect = begin(session, plan.prefect)
        drive(session, prefect)
    else:
        start_server(session)
        dagster, prefect = begin(session, plan.dagster), begin(session, plan.prefect)
        drive(session, dagster, prefect)
    return {side.plan.name: judged(session, side, inputs[side.plan.name]) for side in (dagster, prefect)}


def _prove(session: Session, prefect: Mapping[str, Any]) -> dict[str, Any] | None:
    plan = session.plan
    if plan.probe is None or prefect["status"] != "succeeded":
        return parameters.not_proved(plan, "the Prefect side did not succeed")
    session.view.note(
        f"parameters: {plan.probe.impossible_year} must be refused, {plan.probe.other_year} work"
    )

    def run_and_wait(side: SideRun) -> None:
        session.runs.append(side)
        drive(session, side)

    return parameters.prove(parameters.Trial(plan, session.ledger, session.api(), run_and_wait))
