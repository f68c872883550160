"""One side while it runs: its commands one after the other, its events into the ledger, its time limit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from migrate.files import write_json
from shims.growing import GrowingFile
from shims.handed import handed
from shims.processes import NOTHING, Supervised

if TYPE_CHECKING:
    from shims.ledger import Ledger
    from shims.progress import View
    from shims.resume import Kept
    from shims.run_plan import SidePlan

SAMPLE_SECONDS = 1.0


@dataclass
class Told:
    """What the side's program told through its events file, collected as it came."""

    python: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    years: dict[int, dict[str, Any]] = field(default_factory=dict)
    checks: list[dict[str, Any]] = field(default_factory=list)
    steps: int = 0
    error: str = ""
    finished: bool | None = None


def program_line(plan: SidePlan) -> tuple[str, ...]:
    """A side's program, handed over as one file, in the side's interpreter."""
    return plan.python, handed(f"{plan.name}_side", plan.paths.base), str(plan.paths.request)


class SideRun:
    """Runs a side's prepare commands and its program; call `poll` until it is no longer `running`."""

    def __init__(
        self,
        plan: SidePlan,
        ledger: Ledger,
        view: View,
        *,
        time_limit: float,
        environment: Mapping[str, str] | None = None,
        label: str = "",
    ) -> None:
        self.plan, self.told = plan, Told()
        self.label = label or plan.name
        self.main, self.prepared = NOTHING, NOTHING
        self.kept_years: tuple[int, ...] = ()
        """Years that an earlier attempt of the same run finished."""
        self.trouble = ""
        """Why the side was ended or never got to its program: `timed_out: …`, `not_run: …`, …"""
        self._ledger, self._view = ledger, view
        self._limit = min(time_limit, plan.time_limit or time_limit)
        self._environment = {**plan.environment, **(environment or {})}
        self._waiting = [(f"prepare-{n}", line) for n, line in enumerate(plan.prepare, start=1)]
        self._waiting.append(("side", program_line(plan)))
        self._process: Supervised | None = None
        self._spent = self._sampled = 0.0
        self._tail = EventTail(plan.paths.events)
        self._request = dict(plan.request)

    @property
    def running(self) -> bool:
        """Whether there is anything left to do or to wait for."""
        return self._process is not None or bool(self._waiting)

    @property
    def through(self) -> bool:
        """Whether its program ended well, by its own account."""
        return not self.running and not self.trouble and self.told.finished is True and self.main.exit == 0

    def take_over(self, kept: Kept) -> None:
        """Count what an earlier attempt finished; `start` then asks for the other years only."""
        self.kept_years, self.main, self.prepared = kept.years, kept.main, kept.prepared
        for event in kept.events:
            taker = TAKERS.get(str(event.get("event")))
            if taker:
                taker(self.told, event)
        self._tail.skip()
        if kept.done:
            self._waiting.clear()
        left = [run for run in self.plan.request["runs"] if run["year"] not in kept.years]
        self._request = {**self.plan.request, "runs": left}

    def start(self) -> None:
        """Write the request and start the first command."""
        write_json(self.plan.paths.request, self._request)
        self._next()

    def poll(self) -> None:
        """Move on: read events, sample resources, enforce the time limit, start the next command."""
        if self._process is None:
            return
        for event in self._tail.read():
            self._take(event)
        process = self._process
        if process.running:
            self._watch_memory(process)
            if self._spent + process.seconds > self._limit and not self.trouble:
                self.trouble = f"timed_out: it was ended after its time limit of {self._limit:g} s"
                self._ledger.add("time_limit", self.label, seconds=self._limit)
                process.ask_to_end()
            return
        self._ended(process)

    def _watch_memory(self, process: Supervised) -> None:
        """Sample now and then, with a ceiling at every poll; end the tree when it is above the ceiling."""
        ceiling = self.plan.memory_limit
        if process.seconds - self._sampled < (SAMPLE_SECONDS if not ceiling else 0):
            return
        process.sample()
        self._sampled = process.seconds
        if ceiling and process.rss_bytes > ceiling and not self.trouble:
            held = f"{process.rss_bytes / 1e6:,.0f} MB"
            self.trouble = (
                f"out_of_memory: it held {held} and was ended at its ceiling of {ceiling / 1e6:,.0f} MB"
            )
            self._ledger.add("memory_limit", self.label, bytes=ceiling, held=process.rss_bytes)
            process.ask_to_end()

    def ask_to_end(self) -> None:
        """Ask whatever runs to end; `end` waits for it."""
        self._waiting.clear()
        if self._process is not None:
            self._process.ask_to_end()

    def end(self) -> None:
        """End whatever runs, now."""
        self._waiting.clear()
        if self._process is not None:
            self._process.ask_to_end()
            self._ended(self._process)

    def _ended(self, process: Supervised) -> None:
        outcome = process.outcome(timeout=20)
        for event in self._tail.read():
            self._take(event)
        self._process, self._sampled = None, 0.0
        self._spent += outcome.wall_seconds
        self._ledger.add("exit", self.label, command=process.name, **vars(outcome))
        if process.name == "side":
            self.main = self.main.plus(outcome)
            return
        self.prepared = self.prepared.plus(outcome)
        if outcome.exit != 0 and not self.trouble:
            said = process.log_tail() or f"see {process.out_log.name}"
            self.trouble = f"not_run: {process.name} ended with exit code {outcome.exit}: {said}"
        if self.trouble:
            self._waiting.clear()
        elif self._waiting:
            self._next()

    def _next(self) -> None:
        name, line = self._waiting.pop(0)
        try:
            self._process = Supervised(
                line,
                environment=self._environment,
                folder=self.plan.folder,
                logs=self.plan.paths.logs,
                name=name,
            )
        except OSError as problem:
            raise SideError(f"{line[0]} cannot be started: {problem}") from None
        logs = [self._process.out_log.name, self._process.err_log.name]
        self._ledger.add("started", self.label, command=name, line=list(line), logs=logs)
        self._view.command(self.label, name)

    def _take(self, event: dict[str, Any]) -> None:
        """Note one event: in the ledger, in the live view, and in `told`."""
        facts = {key: value for key, value in event.items() if key not in ("at", "event", "side", "what")}
        kind = str(event.get("event", "log"))
        self._ledger.add(kind, self.label, happened=event.get("at", ""), **facts)
        self._view.event(self.label, event)
        taker = TAKERS.get(kind)
        if taker:
            taker(self.told, event)


def _started(told: Told, event: dict[str, Any]) -> None:
    told.python, told.versions = event.get("python", ""), event.get("versions", {})


def _year_started(told: Told, event: dict[str, Any]) -> None:
    told.years[event["year"]] = {"ok": None}


def _year_finished(told: Told, event: dict[str, Any]) -> None:
    told.years[event["year"]] = event


def _step(told: Told, _: dict[str, Any]) -> None:
    told.steps += 1


def _check(told: Told, event: dict[str, Any]) -> None:
    told.checks.append(event)


def _error(told: Told, event: dict[str, Any]) -> None:
    told.error = told.error or str(event.get("message", ""))


def _finished(told: Told, event: dict[str, Any]) -> None:
    told.finished = bool(event.get("ok"))


TAKERS: dict[str, Callable[[Told, dict[str, Any]], None]] = {
    "side_started": _started,
    "year_started": _year_started,
    "year_finished": _year_finished,
    "step_finished": _step,
    "check": _check,
    "error": _error,
    "side_finished": _finished,
}


class EventTail(GrowingFile):
    """Reads an events file as it grows; lines that are no events are told apart."""

    def read(self) -> list[dict[str, Any]]:
        """The events since the last call."""
        return [self._event(line) for line in self.lines()]

    @staticmethod
    def _event(line: bytes) -> dict[str, Any]:
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict) or (
            str(value.get("event", "")).startswith("year_") and "year" not in value
        ):
            return {"event": "log", "message": f"no event: {line[:200]!r}"}
        return value
