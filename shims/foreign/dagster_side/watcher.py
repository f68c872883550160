"""One run's event log, read while it is written."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..side import SideEvents

POLL_SECONDS = 1.5


class RunWatcher(threading.Thread):
    """Follows one run's event log while it happens, whichever process writes it.

    Its own CPU time is counted (`cpu_seconds`), because it is spent on the side's account.
    """

    def __init__(self, instance: Any, tags: dict[str, str], year: int, events: SideEvents) -> None:
        super().__init__(daemon=True)
        self.cpu_seconds = 0.0
        self.failures: list[str] = []
        self._instance, self._tags, self._year, self._events = instance, tags, year, events
        self._run_id, self._cursor = "", None
        self._starts: dict[str, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        """Poll until told to finish."""
        while not self._over.wait(POLL_SECONDS):
            started = time.thread_time()
            try:
                self._drain()
            except Exception as problem:  # the run matters more than its live picture
                self._events.emit("log", year=self._year, message=f"event log not readable yet: {problem}")
            self.cpu_seconds += time.thread_time() - started

    def finish(self, run_id: str) -> None:
        """Stop polling and read what is left, for certain."""
        self._over.set()
        self.join()
        started = time.thread_time()
        self._run_id = run_id
        self._drain()
        self.cpu_seconds += time.thread_time() - started

    def _drain(self) -> None:
        from dagster import DagsterEventType, RunsFilter

        if not self._run_id:
            runs = self._instance.get_runs(filters=RunsFilter(tags=self._tags), limit=1)
            if not runs:
                return
            self._run_id = runs[0].run_id
        wanted = {
            DagsterEventType.STEP_START,
            DagsterEventType.STEP_SUCCESS,
            DagsterEventType.STEP_FAILURE,
            DagsterEventType.STEP_SKIPPED,
            DagsterEventType.STEP_UP_FOR_RETRY,
            DagsterEventType.ASSET_MATERIALIZATION,
            DagsterEventType.ASSET_CHECK_EVALUATION,
            DagsterEventType.RUN_FAILURE,
        }
        more = True
        while more:
            page = self._instance.get_records_for_run(
                self._run_id, cursor=self._cursor, of_type=wanted, limit=500
            )
            for record in page.records:
                self._tell(record.event_log_entry)
            self._cursor, more = page.cursor, page.has_more

    def _tell(self, entry: Any) -> None:
        event, step = entry.dagster_event, entry.step_key
        kind, facts = event.event_type_value, {"year": self._year, "run_id": self._run_id}
        if kind == "STEP_START":
            self._starts[step] = entry.timestamp
            self._events.emit("step_started", at=entry.timestamp, step=step, **facts)
        elif kind in ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED"):
            seconds = round(entry.timestamp - self._starts.get(step, entry.timestamp), 3)
            message = "" if kind == "STEP_SUCCESS" else reason(event)
            if kind == "STEP_FAILURE":
                self.failures.append(f"{step}: {message}")
            facts.update(step=step, ok=kind == "STEP_SUCCESS", seconds=seconds, message=message)
            self._events.emit("step_finished", at=entry.timestamp, **facts)
        elif kind == "STEP_UP_FOR_RETRY":
            self._events.emit("log", at=entry.timestamp, step=step, message="up for retry", **facts)
        elif kind == "ASSET_MATERIALIZATION":
            asset = "/".join(event.asset_key.path)
            self._events.emit("asset", at=entry.timestamp, step=step, asset=asset, **facts)
        elif kind == "ASSET_CHECK_EVALUATION":
            self._events.emit("check", at=entry.timestamp, **facts, **_check(event.event_specific_data))
        elif not self.failures:
            self.failures.append(reason(event))


def _check(evaluation: Any) -> dict[str, Any]:
    """A verdict as the ledger keeps it. `blocking` is None where this Dagster does not record it."""
    return {
        "asset": "/".join(evaluation.asset_key.path),
        "check": evaluation.check_name,
        "passed": bool(evaluation.passed),
        "severity": evaluation.severity.value,
        "blocking": getattr(evaluation, "blocking", None),
    }


def reason(event: Any) -> str:
    """The innermost error of a failure, else the event's own message; at most 500 characters."""
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and getattr(error, "cause", None) is not None:
        error = error.cause
    text = (error.message if error is not None else event.message) or ""
    return str(text).strip()[:500]
