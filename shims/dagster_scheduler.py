"""Keeps the real dagster-daemon running: `python dagster_scheduler.py request.json`.

Started by path in an environment that has Dagster (1.7 to the newest) and nothing of ours. The daemon ticks
the legacy's own schedule, in the instance of DAGSTER_HOME, and launches its runs as it always does. This
program turns the schedule on once the file `go` of the request is there, and appends to the `events` file
what it sees: `ready` with the next moments the schedule ticks, then `seen` whenever something changed.

Upstream: https://docs.dagster.io/deployment/execution/dagster-daemon
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

POLL_SECONDS = 1.5
LATEST = 20
"""Ticks and runs that are looked at: the older ones are decided."""
FINAL = ("SUCCESS", "FAILURE", "CANCELED")
NEXT = 3


def emit(request: dict[str, Any], event: str, **facts: Any) -> None:
    """Append one event, in whole."""
    with Path(request["events"]).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"event": event, **facts}, default=str) + "\n")


def find_definitions(module_name: str, attribute: str) -> str:
    """The name of the module's Definitions: the given attribute, or the only one there is."""
    from dagster import Definitions, RepositoryDefinition

    module = importlib.import_module(module_name)
    if attribute:
        return attribute
    found: dict[int, str] = {}
    for name, value in vars(module).items():
        lazy = type(value).__name__ == "LazyDefinitions"
        if lazy or isinstance(value, (Definitions, RepositoryDefinition)):
            found.setdefault(id(value), name)
    if len(found) != 1:
        names = ", ".join(found.values()) or "none"
        raise LookupError(f"module {module_name} holds {names} as Definitions; name one as legacy.attribute")
    return next(iter(found.values()))


def schedule_of(request: dict[str, Any], attribute: str) -> Any:
    """The schedule's definition. Raises LookupError when there is none of that name."""
    from dagster._core.definitions.reconstruct import ReconstructableRepository

    whole = ReconstructableRepository.for_module(request["module"], attribute, request["root"])
    repository = whole.get_definition()
    names = [schedule.name for schedule in repository.schedule_defs]
    if request["schedule"] not in names:
        there = ", ".join(names) or "none"
        raise LookupError(f"there is no schedule {request['schedule']}; there are: {there}")
    return repository.get_schedule_def(request["schedule"])


def next_ticks(definition: Any, after: float) -> list[float]:
    """The next moments it ticks, in seconds since the epoch."""
    from dagster._utils.schedules import schedule_execution_time_iterator

    zone, found = definition.execution_timezone or "UTC", []
    for local in schedule_execution_time_iterator(after, definition.cron_schedule, zone):
        if local.timestamp() > after:
            found.append(local.timestamp())
        if len(found) == NEXT:
            break
    return found


def seen(instance: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The newest ticks of the schedule with their runs, and whether any run of the instance goes on."""
    tag, value = request["tag"]
    runs = instance.get_runs(limit=LATEST)
    for run in runs:
        if tag not in run.tags:
            instance.add_run_tags(run.run_id, {tag: value})
    known = {run.run_id: run.status.value for run in runs}
    ticks = {}
    for state in instance.all_instigator_state():
        if state.instigator_name != request["schedule"]:
            continue
        for tick in instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=LATEST):
            error = getattr(tick, "error", None)
            reason = tick.skip_reason or (error.message.strip() if error else "")
            states = {run_id: known.get(run_id, "") for run_id in tick.run_ids or ()}
            ticks[str(int(tick.timestamp))] = {
                "status": tick.status.value,
                "runs": states,
                "reason": (reason or "")[:500],
            }
    return {"ticks": ticks, "busy": any(status not in FINAL for status in known.values())}


def main(request_file: str) -> int:
    """Start the daemon and follow it until ended; 3: it could not begin, or the daemon ended by itself."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder below is removed, too
    try:
        # Dagster's code servers listen on a socket in TMPDIR, whose path may have 107 bytes at most.
        with tempfile.TemporaryDirectory(prefix="shadow-", dir=request["short"]) as folder:
            os.environ["TMPDIR"] = folder
            return follow(request)
    except Exception as problem:
        traceback.print_exc()
        emit(request, "error", message=f"{type(problem).__name__}: {problem}"[:2000])
        return 3


def follow(request: dict[str, Any]) -> int:
    """Make the instance's tables, start the daemon, and end it whatever happens."""
    from dagster import DagsterInstance

    attribute = find_definitions(request["module"], request.get("attribute", ""))
    definition = schedule_of(request, attribute)
    where = ["-m", request["module"], "-a", attribute, "-d", request["root"]]
    with DagsterInstance.get() as instance:
        seen(instance, request)  # makes its tables: two processes that did so at once would hinder each other
    daemon = subprocess.Popen([sys.executable, "-m", "dagster._daemon", "run", *where])
    try:
        return watch(request, definition, where, daemon)
    finally:
        daemon.terminate()
        daemon.wait()


def watch(request: dict[str, Any], definition: Any, where: list[str], daemon: subprocess.Popen[bytes]) -> int:
    """Turn the schedule on when told to, then one event a change; 3 when the daemon ends."""
    from dagster import DagsterInstance

    emit(request, "ready", next=next_ticks(definition, time.time()))
    while not Path(request["go"]).exists():
        time.sleep(0.2)
    begin = [sys.executable, "-m", "dagster", "schedule", "start", request["schedule"], *where]
    subprocess.run(begin, check=True)
    last: dict[str, Any] = {}
    with DagsterInstance.get() as instance:
        emit(request, "begun", next=next_ticks(definition, time.time()))
        while daemon.poll() is None:
            now = {**seen(instance, request), "next": next_ticks(definition, time.time())}
            if now != last:
                emit(request, "seen", **now)
                last = now
            time.sleep(POLL_SECONDS)
    emit(request, "error", message=f"dagster-daemon ended with exit code {daemon.returncode}")
    return 3


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - the project root, as `dagster -m` does it
    sys.exit(main(sys.argv[1]))
