"""Both schedulers at once: a real dagster-daemon and Prefect's own scheduler, each over its side's folders.

Each side has a program of its own (`dagster_scheduler.py`, `prefect_scheduler.py`), handed over by path to
the side's interpreter, and a database that lives from tick to tick. The frozen inputs are copied anew before
a tick whenever they changed. All of it dies with this process: supervisors hold a line to it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from migrate.files import digest_tree, write_json, write_text
from migrate.workspace import Workspace, read_json
from shims import freeze, prechecks, server
from shims.processes import Supervised, kill_stragglers
from shims.run_plan import DAGSTER, DAGSTER_YAML, PREFECT, PROGRAMS, make_plan, new_run_id
from shims.shadow_ledger import code_now
from shims.side_run import EventTail

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.run_plan import RunPlan, SidePlan
    from shims.server import PrefectServer

START_SECONDS = 180.0
"""How long both schedulers may take until they are ready (measured: 8 s alone)."""
ONE_AT_A_TIME = (
    "run_coordinator:\n  module: dagster._core.run_coordinator\n  class: QueuedRunCoordinator\n"
    "  config: {max_concurrent_runs: 1, dequeue_interval_seconds: 1}\n"
)
"""One database that one process may write: a tick waits for the one before it."""


@dataclass
class Scheduler:
    """One side's program while it runs, and what it told last."""

    side: SidePlan
    process: Supervised
    tail: EventTail
    ready: bool = False
    begun: bool = False
    busy: bool = False
    next: list[float] = field(default_factory=list)
    ticks: dict[int, dict[str, Any]] = field(default_factory=dict)

    def poll(self) -> None:
        """Take in what it told. Raises SideError when it ended, which it never does by itself."""
        for event in self.tail.read():
            kind = event.get("event")
            self.next = event.get("next", self.next)
            if kind == "error":
                raise SideError(f"the {self.side.name} scheduler ended: {event['message']}")
            self.ready = self.ready or kind == "ready"
            self.begun = self.begun or kind in ("begun", "seen")
            if kind == "seen" and "busy" in event:
                self.busy = event["busy"]
                self.ticks = {int(moment): tick for moment, tick in event["ticks"].items()}
        if not self.process.running:
            raise SideError(
                f"the {self.side.name} scheduler ended: {self.process.log_tail()}",
                file=self.process.err_log,
            )


@dataclass
class Stage:
    """Both sides of a shadow while they run; `inputs` is the digest of what both read."""

    plan: RunPlan
    code: Mapping[str, str]
    server: PrefectServer | None = None
    inputs: str = ""
    schedulers: dict[str, Scheduler] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """What this start of the shadow keeps: homes, logs, databases."""
        return self.plan.folder

    @property
    def busy(self) -> bool:
        """Whether a run of either side goes on."""
        return any(one.busy for one in self.schedulers.values())

    @property
    def next(self) -> list[float]:
        """The next moments the schedule ticks, as Dagster reckons them."""
        return self.schedulers[DAGSTER].next

    def poll(self) -> None:
        """Take in what both told. Raises SideError when a side, or the server, has ended."""
        for one in self.schedulers.values():
            one.poll()
        if self.server is not None and not self.server.process.running:
            raise SideError("the shadow's Prefect server ended", file=self.server.process.err_log)

    def refresh(self) -> None:
        """Copy inputs that changed since, and prepare both sides again; nothing when none did."""
        migration = self.plan.migration
        names = migration.input.freeze
        now = freeze.fingerprint(migration.root, names).sha256
        if now == self.inputs:
            return
        for side in self.plan.sides:
            for name in names:
                remove(side.paths.work / name)
            freeze.copy(migration.root, names, side.paths.work)
            prepare(self.plan, side)
        self.inputs = now

    def end(self) -> None:
        """End every process of it: kindly, then by force, then by looking for stragglers."""
        processes = [one.process for one in self.schedulers.values()]
        for process in processes:
            process.ask_to_end()
        for process in processes:
            process.outcome(timeout=20)
        if self.server is not None:
            self.server.end()
        kill_stragglers(self.plan.run_id)


@contextlib.contextmanager
def staged(
    migration: Migration, schedule: str, api_url: str, pause: Callable[[float], None]
) -> Iterator[Stage]:
    """Copies, server and both programs, ready but not begun; all ended at the end.

    Raises:
        SideError: a side could not begin; names its log.
    """
    run_id = f"shadow-{new_run_id()}"
    folder = Workspace.of(migration).state / "shadow" / run_id
    plan = make_plan(migration, years=(), run_id=run_id, folder=folder, api_url=api_url)
    prechecks.check(plan)
    stage = Stage(plan, code_now(migration))
    try:
        set_up(stage)
        if not api_url:
            stage.server = server.start(plan, pause, services=["SCHEDULER"])
        url = api_url or (stage.server.url if stage.server else "")
        for side, own in ((plan.prefect, {"PREFECT_API_URL": url}), (plan.dagster, {})):
            stage.schedulers[side.name] = launch(plan, side, schedule, own)
        wait_for(stage, lambda one: one.ready, pause)
        yield stage
    finally:
        stage.end()


def set_up(stage: Stage) -> None:
    """Copy code and inputs once a side, and the databases that the shadow goes on from."""
    plan = stage.plan
    begin = latest_outputs(plan.migration)
    for side in plan.sides:
        side.make()
        names = [name for name in freeze_names(plan, side) if name not in plan.migration.input.freeze]
        freeze.copy(plan.migration.root, names, side.paths.work)
        if begin:
            shutil.copytree(begin[side.name], side.paths.out, dirs_exist_ok=True)
    write_text(plan.dagster.paths.home / DAGSTER / "dagster.yaml", DAGSTER_YAML + ONE_AT_A_TIME)
    stage.refresh()


def freeze_names(plan: RunPlan, side: SidePlan) -> tuple[str, ...]:
    """What a side's copy holds."""
    from shims.run_plan import frozen_names

    return frozen_names(plan.migration, side.root)


def latest_outputs(migration: Migration) -> dict[str, Path]:
    """What each side goes on from: its outputs at the last green tick, else of the newest good dual run."""
    state = Workspace.of(migration)
    for tick in sorted((state.state / "shadow" / "ticks").glob("*/green"), reverse=True):
        return {name: tick.parent / name for name in (DAGSTER, PREFECT)}
    for record in sorted(state.runs.glob("*/run.json"), reverse=True):
        sides = read_json(record)["sides"].values()
        if all(side["status"] == "succeeded" for side in sides):
            return {name: record.parent / name / "out" for name in (DAGSTER, PREFECT)}
    return {}


def prepare(plan: RunPlan, side: SidePlan) -> None:
    """Run the `[prepare]` commands of a side. Raises SideError for one that fails."""
    for number, line in enumerate(side.prepare, start=1):
        process = Supervised(
            line,
            environment=side.environment,
            folder=side.folder,
            logs=side.paths.logs,
            name=f"prepare-{number}",
        )
        outcome = process.outcome(timeout=plan.time_limit)
        if outcome.exit:
            raise SideError(
                f"prepare command {number} ended with exit code {outcome.exit}: {process.log_tail()}",
                file=process.err_log,
            )


def launch(plan: RunPlan, side: SidePlan, schedule: str, own: Mapping[str, str]) -> Scheduler:
    """Start one side's program."""
    (tag,) = plan.tags.items()
    request = {
        **{key: side.request[key] for key in ("module", "attribute", "root") if key in side.request},
        "schedule": schedule,
        "events": str(side.paths.events),
        "tag": list(tag),
        "go": str(plan.folder / "go"),
        "short": tempfile.gettempdir(),
    }
    write_json(side.paths.request, request)
    process = Supervised(
        [side.python, str(PROGRAMS / f"{side.name}_scheduler.py"), str(side.paths.request)],
        environment={**side.environment, **own},
        folder=side.folder,
        logs=side.paths.logs,
        name="scheduler",
    )
    return Scheduler(side, process, EventTail(side.paths.events))


def wait_for(stage: Stage, true: Callable[[Scheduler], bool], pause: Callable[[float], None]) -> None:
    """Wait until it is true of both. Raises SideError when one ends, or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not all(true(one) for one in stage.schedulers.values()):
        if time.monotonic() > deadline:
            late = ", ".join(name for name, one in stage.schedulers.items() if not true(one))
            raise SideError(f"the scheduler of {late} was not ready within {START_SECONDS:.0f} s")
        pause(0.3)
        stage.poll()


def remove(path: Path) -> None:
    """Remove a file or a folder that may not be there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def copied(stage: Stage, folder: Path) -> bool:
    """Copy both sides' outputs below `folder`; False when one was written to meanwhile."""
    for side in stage.plan.sides:
        before = digest_tree(side.paths.out)
        remove(folder / side.name)
        shutil.copytree(side.paths.out, folder / side.name)
        if not before == digest_tree(folder / side.name) == digest_tree(side.paths.out):
            return False
    return True
