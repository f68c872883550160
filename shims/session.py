"""What a run has open while it goes on, for both sides or for one: freeze, start, watch, end.

Whatever happens, every process it started has ended when `opened` is left.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from migrate.files import digest_file, digest_tree
from migrate.workspace import Workspace
from shims import freeze, prechecks, run_record, server
from shims.ledger import Ledger
from shims.processes import kill_stragglers
from shims.run_plan import frozen_names
from shims.side_run import SideRun

if TYPE_CHECKING:
    from shims.progress import View
    from shims.resume import Kept
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
    """What one run has open while it goes on. `outcome` is what its ledger ends with."""

    plan: RunPlan
    ledger: Ledger
    view: View
    pause: Callable[[float], None]
    server: PrefectServer | None = None
    server_start_cpu: float = 0.0
    runs: list[SideRun] = field(default_factory=list)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    outcome: dict[str, str] = field(default_factory=dict)

    def api(self) -> dict[str, str]:
        """The environment that leads the Prefect side to its server."""
        url = self.plan.api_url or (self.server.url if self.server else "")
        return {"PREFECT_API_URL": url}


@contextlib.contextmanager
def opened(plan: RunPlan, view: View, *, again: bool = False) -> Iterator[Session]:
    """Hold the state folder's lock, open the ledger, and end everything at the end.

    Args:
        plan: names the folder.
        view: where it tells what happens.
        again: the folder is there already (a run that is resumed).

    Raises:
        ChangeoverError: another run goes on, or what this one did could not be written down.
        Stopped: the user ended it.
    """
    with prechecks.only_run(Workspace.of(plan.migration).state, plan.run_id), _stop_signals() as pause:
        plan.folder.mkdir(parents=True, exist_ok=again)
        with Ledger(plan.folder / "ledger.jsonl") as ledger:
            session = Session(plan, ledger, view, pause)
            try:
                yield session
            except BaseException as problem:
                _end(session)
                ledger.add("end", outcome=type(problem).__name__, reason=str(problem))
                raise
            _end(session)
            ledger.add("end", outcome=session.outcome)
            if ledger.broken:
                raise SideError(f"the ledger has holes: {ledger.broken}", file=ledger.path)


def fingerprinted(session: Session) -> Frozen:
    """Fingerprint the inputs at their source; `freeze_side` copies them."""
    migration = session.plan.migration
    session.view.note(f"run {session.plan.run_id}: freezing the inputs")
    frozen = Frozen(freeze.fingerprint(migration.root, migration.input.freeze))
    session.ledger.add("input", sha256=frozen.source.sha256, files=len(frozen.source.files))
    return frozen


def freeze_side(session: Session, side: SidePlan, frozen: Frozen, name: str = "") -> None:
    """Copy the inputs and the side's code, and prove the copy equal to its source.

    Raises:
        SideError: the copy differs: something writes to the source.
    """
    session.pause(0)
    migration, name = session.plan.migration, name or side.name
    root, work, names = migration.root, side.paths.work, migration.input.freeze
    frozen.code[name] = digest_tree(root / side.root)
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
    frozen.copies[name] = copied.sha256
    session.ledger.add("frozen", name, sha256=copied.sha256, code=frozen.code[name])


def begin(session: Session, side: SidePlan, label: str = "") -> SideRun:
    """Start a side, or take over what an earlier attempt of this run finished of it."""
    run = SideRun(
        side,
        session.ledger,
        session.view,
        time_limit=session.plan.time_limit,
        environment=session.api() if side.name == "prefect" else {},
        label=label,
    )
    session.runs.append(run)
    kept = session.kept.get(label or side.name)
    if kept is not None:
        run.take_over(kept)
    if kept is None or not kept.done:
        run.start()
    return run


def drive(session: Session, *sides: SideRun) -> None:
    """Poll the sides until all have ended. A server that dies ends the Prefect side with it."""
    while any(side.running for side in sides):
        for side in sides:
            was = side.running
            side.poll()
            if side.plan.name == "prefect" and session.server and not session.server.process.running:
                side.trouble = side.trouble or "failed: its Prefect server ended during the run"
                side.end()
            if was and not side.running:
                _side_ended(session, side)
        session.pause(POLL_SECONDS)


def _side_ended(session: Session, side: SideRun) -> None:
    """What `--resume` reads: a side that is through, with the digest of what it left."""
    path, through = side.plan.database, side.through
    digest = digest_file(path) if through and path.is_file() else ""
    session.ledger.add("side_ended", side.label, through=through, database_sha256=digest)


def judged(session: Session, side: SideRun, input_sha256: str, name: str = "") -> dict[str, Any]:
    """A side's part of the record, by what it wrote."""
    plan, name = session.plan, name or side.plan.name
    record = run_record.side_record(side, plan, input_sha256)
    after = freeze.fingerprint(side.plan.paths.work, plan.migration.input.freeze).sha256
    record["input_sha256_after"] = after
    if side.plan.name == "prefect" and session.server is not None:
        session.server.process.sample()
        used = session.server.process.sampled_cpu_seconds
        record["server_cpu_seconds"] = round(used, 3)
        record["server_start_cpu_seconds"] = round(session.server_start_cpu, 3)
    kept = ("status", "reason", "database", "database_sha256", "bytes", "cpu_seconds", "outputs")
    session.ledger.add("judged", name, input_sha256_after=after, **{key: record[key] for key in kept})
    session.view.over(name, record["status"], record["reason"])
    return record


def start_server(session: Session) -> None:
    """Start the run's own Prefect server, unless the plan names another."""
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
