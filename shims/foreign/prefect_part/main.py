"""Runs a part of a converted flow in the target interpreter: `python prefect_part.pyz request.json`.

Started in an environment that has Prefect 3, and nothing of ours unless some tasks are bridged.
The flow's own body runs, with its own wiring; tasks of assets and checks that are not asked for are skipped
(Prefect is not told of them), and tasks of `bridged` assets are done by Dagster (`prefect_bridge.py`).
What is materialised, checked and logged is appended to the `events` file of the request, as it happens.

Exit code: 0 the part succeeded, 1 it failed, 3 something else broke.

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import json
import sys
import threading
import traceback
from pathlib import Path

from ..events import Events
from .run import run
from .telling import cancel_when_asked


def main(arguments: list[str]) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    sys.path.insert(0, str(Path.cwd()))  # the project root, as `prefect deploy` does it
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    events = Events(request["events"])
    cancelling = Path(request["events"]).with_name("cancel")
    threading.Thread(target=cancel_when_asked, args=(cancelling,), daemon=True).start()
    try:
        return 0 if run(request, events) else 1
    except Exception as problem:
        traceback.print_exc()
        events.emit(
            "error", message=f"{type(problem).__name__}: {problem}"[:4000], stack=traceback.format_exc()
        )
        return 3
