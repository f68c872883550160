"""What Prefect tells of a run, handed on; and a run's cancellation."""

from __future__ import annotations

import logging
import os
import signal
import time
import traceback
import uuid
from typing import TYPE_CHECKING, Any

from ..asset_keys import plain_key

if TYPE_CHECKING:
    from pathlib import Path

    from ..events import Events

CHECKS_EVENT = "asset-checks.evaluated"
MADE = "prefect.asset.materialization.succeeded"
KIND_SECONDS = 2.0
"""How long the tasks of a cancelled run may take to end by themselves."""


def listen(events: Events) -> None:
    """Hand on what Prefect tells its API of assets and checks, and every line of the run's logs."""
    from prefect.events.worker import EventsWorker

    send = EventsWorker.send

    def send_and_tell(worker: Any, event: Any) -> None:
        send(worker, event)
        if event.event == MADE:
            asset = plain_key(event.resource["prefect.resource.id"])
            events.emit("materialization", asset=asset, metadata=dict(event.payload))
        elif event.event == CHECKS_EVENT:
            for check in event.payload["checks"]:
                events.emit("check", **{**check, "asset": plain_key(check["asset"])})

    EventsWorker.send = send_and_tell
    for name in ("prefect.task_runs", "prefect.flow_runs"):
        logging.getLogger(name).addHandler(Teller(events))


class Teller(logging.Handler):
    """Hands log records on as events; they tell the flow run, too."""

    flow_run = ""

    def __init__(self, events: Events) -> None:
        super().__init__()
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        Teller.flow_run = Teller.flow_run or str(getattr(record, "flow_run_id", "") or "")
        trouble = ""
        if record.exc_info and record.exc_info[1] is not None:
            trouble = "".join(traceback.format_exception(record.exc_info[1]))
        self._events.emit("log", level=record.levelno, message=record.getMessage(), stack=trouble)


def cancel_when_asked(file: Path) -> None:
    """End as a cancelled run does once `file` is there: first kindly, then whatever its tasks do."""
    from prefect import get_client
    from prefect.states import Cancelled

    while not file.exists():
        time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(KIND_SECONDS)  # a task that is not through by then would leave the flow run as running
    if Teller.flow_run:
        with get_client(sync_client=True) as client:
            state = Cancelled(message="Dagster's run was cancelled")
            client.set_flow_run_state(uuid.UUID(Teller.flow_run), state, force=True)
    os._exit(1)
