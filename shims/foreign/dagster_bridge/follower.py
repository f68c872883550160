"""A run's event log, told while it is written."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

from ..dagster_probe.keys import path

if TYPE_CHECKING:
    from pathlib import Path

    from ..events import Events

POLL_SECONDS = 0.4


class Follower(threading.Thread):
    """Reads one run's event log while it happens, whoever writes it; cancels the run when told to."""

    def __init__(self, instance: Any, run: Any, events: Events, cancel_file: Path) -> None:
        super().__init__(daemon=True)
        self._instance, self._run, self._run_id, self._events = instance, run, run.run_id, events
        self._cancel_file = cancel_file
        self._cancelled = False
        self._cursor: Any = None
        self._over = threading.Event()

    def run(self) -> None:
        """Poll until told to finish."""
        while not self._over.wait(POLL_SECONDS):
            with contextlib.suppress(Exception):  # a locked log is read the next time, or at the end
                if self._cancel_file.exists() and not self._cancelled:
                    self._cancelled = True
                    # As Dagster's own launcher does it: else the run would count as failed, not as cancelled.
                    self._instance.report_run_canceling(self._run)
                    os.kill(os.getpid(), signal.SIGINT)
                self._drain()

    def finish(self) -> None:
        """Stop polling and read what is left, for certain."""
        self._over.set()
        self.join()
        self._drain()

    def _drain(self) -> None:
        more = True
        while more:
            page = self._instance.get_records_for_run(self._run_id, cursor=self._cursor, limit=500)
            for record in page.records:
                tell(record.event_log_entry, self._events)
            self._cursor, more = page.cursor, page.has_more


def tell(entry: Any, events: Events) -> None:
    """One entry of the event log, as the other side wants it."""
    event, step = entry.dagster_event, entry.step_key
    if event is None:
        level = entry.level if isinstance(entry.level, int) else logging.INFO
        events.emit("log", level=level, step=step, message=entry.user_message)
        return
    kind, facts = event.event_type_value, event.event_specific_data
    if kind == "ASSET_MATERIALIZATION":
        made = facts.materialization
        events.emit(
            "materialization",
            asset=path(made.asset_key),
            partition=made.partition,
            description=made.description,
            metadata={name: plain(value) for name, value in made.metadata.items()},
        )
    elif kind == "ASSET_CHECK_EVALUATION":
        events.emit("check", **check(facts))
    elif kind in ("STEP_FAILURE", "RUN_FAILURE", "PIPELINE_FAILURE"):
        events.emit("failure", step=step, message=reason(event), stack=stack(facts), run=step is None)
    elif kind in ("STEP_START", "STEP_SUCCESS", "STEP_SKIPPED"):
        events.emit("step", step=step, what=kind[5:].lower())
    elif kind in ("STEP_UP_FOR_RETRY", "RUN_CANCELED", "PIPELINE_CANCELED"):
        events.emit("log", level=logging.WARNING, step=step, message=entry.message)


def check(evaluation: Any) -> dict[str, Any]:
    """A check's verdict with its metadata."""
    return {
        "asset": path(evaluation.asset_key),
        "name": evaluation.check_name,
        "passed": bool(evaluation.passed),
        "severity": evaluation.severity.value,
        "blocking": getattr(evaluation, "blocking", None),
        "description": getattr(evaluation, "description", None),
        "metadata": {name: plain(value) for name, value in evaluation.metadata.items()},
    }


def plain(value: Any) -> Any:
    """A metadata value as JSON can carry it."""
    inner = getattr(value, "value", value)
    return json.loads(json.dumps(inner, default=str))


def innermost(error: Any) -> Any:
    """The error that started it: Dagster wraps the user's own."""
    while error is not None and getattr(error, "cause", None) is not None:
        error = error.cause
    return error


def reason(event: Any) -> str:
    """The innermost error's own words, else the event's."""
    error = innermost(getattr(event.event_specific_data, "error", None))
    return str((error.message if error is not None else event.message) or "").strip()


def stack(facts: Any) -> str:
    """The stack of a failure as Dagster shows it; empty when it has none."""
    error = getattr(facts, "error", None)
    return str(error.to_string()) if error is not None else ""
