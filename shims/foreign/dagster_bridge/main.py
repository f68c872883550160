"""Runs a part of a legacy project in its own interpreter: `python dagster_bridge.pyz request.json`.

Started in an environment that has Dagster (1.7 to the newest) and nothing of ours: assets,
one check, or one job, as a real run of the instance that DAGSTER_HOME names, with the project's own
executor, resources and IO managers. All that the run's event log says is appended to the `events`
file of the request as it happens. It also says when a schedule ticks next, and what it asks for.

Exit code: 0 the run succeeded, 1 it failed or was cancelled, 3 something else broke.

Upstream: https://docs.dagster.io/api/dagster/execution and https://docs.dagster.io/api/dagster/internals
"""

from __future__ import annotations

import json
import signal
import sys
import time
import traceback
from pathlib import Path

from ..events import Events
from .run import execute
from .schedules import ticks


def main(arguments: list[str]) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    sys.path.insert(0, str(Path.cwd()))  # as `dagster -m` does it
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    events = Events(request["events"])
    # SIGTERM must end a run as Ctrl-C does: Dagster then records it as cancelled and frees its resources.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    started = time.monotonic()
    try:
        if request.get("schedule"):
            events.emit("ticks", **ticks(request))
            return 0
        return 0 if execute(request, events) else 1
    except BaseException as problem:
        traceback.print_exc()
        what = f"{type(problem).__name__}: {problem}"
        events.emit(
            "error", message=what[:4000], stack=traceback.format_exc(), seconds=time.monotonic() - started
        )
        return 1 if isinstance(problem, KeyboardInterrupt) else 3
