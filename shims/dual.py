"""The dual run: freeze, run both sides, watch them, judge what they wrote, write it all down.

Whatever happens, every process it started has ended when it returns.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from migrate.files import digest_file, digest_tree, write_json
from migrate.workspace import Workspace
from shims import freeze, parameters, prechecks, run_record, server
from shims.ledger import Ledger, now
from shims.processes import kill_stragglers
from shims.run_plan import frozen_names
from shims.side_run import SideRun

if TYPE_CHECKING:
    from shims.progress import View
    from shims.run_plan import RunPlan, SidePlan
    from shims.server import PrefectServer

POLL_SECONDS = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """The user ended the run (Ctrl-C, SIGTERM); everything it started has ended."""


@dataclass(frozen=True)
class Frozen:
    """Fingerprints of what was copied: the inputs' source, each side's copy of them, each side's code."""

    source: freeze.Fingerprint
    copies: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)


@dataclass
class Session:
    """What one dual run has open while it goes on."""

    plan: RunPlan
    ledger: Ledger
    view: View
    pause: Callable[[float], None]
    server: PrefectServer | None = None
    server_start_cpu: float = 0.0
    runs: list[SideRun] = field(default_factory=list)

    def api(self) -> dict[str, str]:
        """The environment that leads the Prefect side to its server."""
        url = self.plan.api_url or (self.server.url if self.server else "")
        return {"PREFECT_API_URL": url}


def run(plan: RunPlan, view: View) -> dict[str, Any]:
    """Do the dual run and return what run.json holds.

    Raises:
        ChangeoverError: it could not be started, or what it did could not be written down.
        Stopped: the user ended it.
    """
    prechecks.check(plan)
    with prechecks.only_run(Workspace.of(plan.migration).state, plan.run_id), _stop_signals() as pause:
        plan.folder.mkdir(parents=True)
        with Ledger(plan.folder / "ledger.jsonl") as ledger:
            session = Session(plan, ledger, view, pause)
            try:
                record = _run(session)
            except BaseException as problem:
                _end(session)
                ledger.add("end", outcome=type(problem).__name__, reason=str(problem))
                raise
            _end(session)
            ledger.add("end", outcome={name: s["status"] for name, s in record["sides"].items()})
            if ledger.broken:
                raise SideError(f"the ledger has holes: {ledger.broken}", file=ledger.path)
        write_json(plan.folder / "run.json", record)
        return record


def _run(session: Session) -> dict[str, Any]:
    plan, started = session.plan, now()
    commit, dirty = run_record.commit(plan.migration.root)
    config = digest_file(plan.migration.file)
    session.ledger.add("start", run=plan.run_id, years=plan.years, phase=plan.phase, commit=commit)
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
        "config_sha256": config,
        "input": {"sha256": frozen.source.sha256, "files": [asdict(file) for file in frozen.source.files]},
        "code": dict(frozen.code),
        "sides": sides,
        "parameters": proof,
    }


def _freeze(session: Session) -> Frozen:
    """Copy the inputs and the code once a side, and prove each copy equal to its source.

    Raises:
        SideError: a copy differs: something writes to the source.
    """
    plan, migration = session.plan, session.plan.migration
    session.view.note(f"run {plan.run_id}: freezing the inputs")
    names = migration.input.freeze
    frozen = Frozen(freeze.fingerprint(migration.root, names))
    session.ledger.add("input", sha256=frozen.source.sha256, files=len(frozen.source.files))
    for side in plan.sides:
        session.pause(0)
        root, work = migration.root, side.paths.work
        frozen.code[side.name] = digest_tree(root / side.root)
        code = freeze.fingerprint(root, [side.root])
        side.make()
        freeze.copy(root, frozen_names(migration, side.root), work, lambda: session.pause(0))
        copied = freeze.fingerprint(work, names)
        if copied != frozen.source or freeze.fingerprint(work, [side.root]) != code:
            raise SideError(
                f"the {side.name} side's copy differs from the source",
                file=work,
                remedy="Something writes to the inputs while they are copied: stop it, and run again.",
            )
        frozen.copies[side.name] = copied.sha256
        session.ledger.add("frozen", side.name, sha256=copied.sha256, code=frozen.code[side.name])
    return frozen


def _both_sides(session: Session, inputs: Mapping[str, str]) -> dict[str, Any]:
    plan = session.plan
    if plan.sequential:
        dagster = _side(session, plan.dagster, {})
        _drive(session, dagster)
        _start_server(session)
        prefect = _side(session, plan.prefect, session.api())
        _drive(session, prefect)
    else:
        _start_server(session)
        dagster, prefect = _side(session, plan.dagster, {}), _side(session, plan.prefect, session.api())
        _drive(session, dagster, prefect)
    return {side.plan.name: _judged(session, side, inputs) for side in (dagster, prefect)}


def _judged(session: Session, side: SideRun, inputs: Mapping[str, str]) -> dict[str, Any]:
    plan, name = session.plan, side.plan.name
    record = run_record.side_record(side, plan, inputs[name])
    after = freeze.fingerprint(side.plan.paths.work, plan.migration.input.freeze).sha256
    record["input_sha256_after"] = after
    if name == "prefect" and session.server is not None:
        session.server.process.sample()
        used = session.server.process.sampled_cpu_seconds
        record["server_cpu_seconds"] = round(used, 3)
        record["server_start_cpu_seconds"] = round(session.server_start_cpu, 3)
    kept = ("status", "reason", "database", "database_sha256", "bytes", "cpu_seconds", "outputs")
    session.ledger.add("judged", name, input_sha256_after=after, **{key: record[key] for key in kept})
    session.view.over(name, record["status"], record["reason"])
    return record


def _prove(session: Session, prefect: Mapping[str, Any]) -> dict[str, Any] | None:
    plan = session.plan
    if plan.probe is None or prefect["status"] != "succeeded":
        return parameters.not_proved(plan, "the Prefect side did not succeed")
    session.view.note(
        f"parameters: {plan.probe.impossible_year} must be refused, {plan.probe.other_year} work"
    )

    def drive(side: SideRun) -> None:
        session.runs.append(side)
        _drive(session, side)

    return parameters.prove(parameters.Trial(plan, session.ledger, session.api(), drive))


def _side(session: Session, plan: SidePlan, environment: Mapping[str, str]) -> SideRun:
    side = SideRun(
        plan, session.ledger, session.view, time_limit=session.plan.time_limit, environment=environment
    )
    session.runs.append(side)
    side.start()
    return side


def _drive(session: Session, *sides: SideRun) -> None:
    """Poll the sides until all have ended. A server that dies ends the Prefect side with it."""
    while any(side.running for side in sides):
        for side in sides:
            side.poll()
            if side.plan.name == "prefect" and session.server and not session.server.process.running:
                side.trouble = side.trouble or "failed: its Prefect server ended during the run"
                side.end()
        session.pause(POLL_SECONDS)


def _start_server(session: Session) -> None:
    plan = session.plan
    if plan.api_url:
        session.ledger.add("server", url=plan.api_url, own=False)
        return
    session.view.note("starting a Prefect server")
    session.server = server.start(plan, session.pause)
    session.server.process.sample()
    session.server_start_cpu = session.server.process.sampled_cpu_seconds
    session.ledger.add("server", url=session.server.url, own=True, seconds=session.server.process.seconds)
    session.view.note(f"Prefect: {session.server.page}")


def _end(session: Session) -> None:
    """End every process of this run: kindly, then by force, then by looking for stragglers."""
    for side in session.runs:
        side.ask_to_end()
    if session.server is not None:
        session.server.process.ask_to_end()
    for side in session.runs:
        side.end()
    if session.server is not None:
        session.ledger.add("server_ended", **vars(session.server.end()))
    left = kill_stragglers(session.plan.run_id)
    if left:
        session.ledger.add("stragglers", killed=left)


@contextlib.contextmanager
def _stop_signals() -> Iterator[Callable[[float], None]]:
    """Turn Ctrl-C and SIGTERM into `Stopped`, raised only where the run waits: in `pause`."""
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)

    def pause(seconds: float) -> None:
        time.sleep(seconds)
        if received:
            raise Stopped(signal.Signals(received[0]).name)

    before = {number: signal.signal(number, note) for number in STOP_SIGNALS}
    try:
        yield pause
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
