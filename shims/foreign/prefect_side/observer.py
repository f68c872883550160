"""What Prefect tells its API of task runs and checks, noted."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..side import SideEvents

MADE = "prefect.asset.materialization."
CHECKS_EVENT = "asset-checks.evaluated"
NEVER_STARTED = "NotReady"  # what Prefect calls a task whose upstream failed
FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Observer:
    """Looks at every event on its way to the API and writes down task runs and checks."""

    def __init__(self, events: SideEvents) -> None:
        self.year: int | None = None
        self.tasks = 0
        self.cpu_seconds = 0.0
        self.failures: list[str] = []
        self._events = events
        self._starts: dict[str, tuple[str, float]] = {}

    def attach(self) -> None:
        """Listen in. Raises AttributeError where this Prefect sends its events another way."""
        from prefect.events.worker import EventsWorker

        send = EventsWorker.send

        def send_and_note(worker: Any, event: Any) -> None:
            send(worker, event)
            started = time.thread_time()
            try:
                self._note(event)
            except Exception as problem:  # what is observed must never change what runs
                self._events.emit("log", message=f"event {event.event} not understood: {problem}")
            self.cpu_seconds += time.thread_time() - started

        EventsWorker.send = send_and_note

    def _note(self, event: Any) -> None:
        if event.event == CHECKS_EVENT:
            for check in event.payload["checks"]:
                self._check(check, event.occurred.timestamp())
        elif event.event.startswith(MADE):
            key = event.resource["prefect.resource.id"]
            facts = {"asset": key.partition("://")[2] or key, "ok": event.event == f"{MADE}succeeded"}
            self._events.emit("asset", at=event.occurred.timestamp(), year=self.year, **facts)
        elif event.event.startswith("prefect.task-run."):
            self._task(event)

    def _check(self, check: dict[str, Any], at: float) -> None:
        facts = {"asset": check["asset"].partition("://")[2] or check["asset"], "check": check["name"]}
        facts.update({key: check.get(key) for key in ("passed", "severity", "blocking")})
        self._events.emit("check", at=at, year=self.year, **facts)

    def _task(self, event: Any) -> None:
        run_id = event.resource["prefect.resource.id"].rpartition(".")[2]
        name = event.resource.get("prefect.resource.name") or run_id
        step = re.sub(r"-[0-9a-f]{3}$", "", name)
        kind = event.resource.get("prefect.state-type", "")
        state = event.resource.get("prefect.state-name", "")
        moment = event.occurred.timestamp()
        if kind == "RUNNING" and run_id not in self._starts:
            self._starts[run_id] = (step, moment)
            self.tasks += 1
            self._events.emit("step_started", at=moment, year=self.year, step=step, run_id=run_id)
        elif kind in FINAL or state == NEVER_STARTED:
            started = self._starts.get(run_id, (step, moment))[1]
            message = "" if state == "Completed" else event.resource.get("prefect.state-message", "")
            ok = kind == "COMPLETED"
            if not ok:
                self.failures.append(f"{step}: {message}"[:500])
            facts = {"ok": ok, "seconds": round(moment - started, 3), "state": state}
            self._events.emit(
                "step_finished",
                at=moment,
                year=self.year,
                step=step,
                run_id=run_id,
                message=message[:500],
                **facts,
            )
