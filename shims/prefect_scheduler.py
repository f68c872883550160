"""Serves the target's deployments to Prefect's real scheduler: `python prefect_scheduler.py request.json`.

Started by path in an environment that has Prefect 3 and nothing of ours, against the server that
PREFECT_API_URL names, whose own scheduler service makes the runs. The deployments are those of the target's
prefect.yaml; of their schedules only the one of the request is active. It is registered once the file `go`
of the request is there; what the server then shows is appended to the `events` file whenever it changed.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployment_infra/run-flows-in-local-processes
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

POLL_SECONDS = 1.5
LATEST = 50
"""Runs that are looked at: the older ones are decided."""
FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def emit(request: dict[str, Any], event: str, **facts: Any) -> None:
    """Append one event, in whole."""
    with Path(request["events"]).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"event": event, **facts}, default=str) + "\n")


def deployments_of(request: dict[str, Any]) -> list[Any]:
    """The deployments of prefect.yaml: what can be launched, and the one whose schedule is followed.

    Raises:
        LookupError: no deployment of that name has a schedule.
    """
    import yaml
    from prefect.deployments.runner import RunnerDeployment

    listed = yaml.safe_load(Path("prefect.yaml").read_text(encoding="utf-8")).get("deployments") or []
    found, followed = [], False
    for one in listed:
        schedules = one.get("schedules") or []
        ours = one["name"] == request["schedule"] and bool(schedules)
        if schedules and not ours:
            continue  # another schedule, or a sensor: what it starts is not this tick's
        followed = followed or ours
        made = RunnerDeployment.from_entrypoint(
            one["entrypoint"],
            one["name"],
            schedules=[active(schedule) for schedule in schedules] or None,
            parameters=one.get("parameters") or {},
            tags=[*one.get("tags", ()), "=".join(request["tag"])],
            # One database that one process may write: a tick waits for the one before it.
            concurrency_limit=1,
        )
        found.append(made)
    if not followed:
        raise LookupError(f"prefect.yaml has no deployment {request['schedule']} with a schedule")
    return found


def active(schedule: dict[str, Any]) -> Any:
    """A cron schedule of prefect.yaml, turned on."""
    from prefect.schedules import Cron

    known = {key: schedule[key] for key in ("timezone", "day_or", "parameters") if key in schedule}
    return Cron(schedule["cron"], active=True, **known)


def seen(client: Any, request: dict[str, Any]) -> dict[str, Any]:
    """What the scheduler has started, tick by tick, and whether any run goes on."""
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterExpectedStartTime,
        FlowRunFilterTags,
    )
    from prefect.client.schemas.sorting import FlowRunSort

    due = dt.datetime.now(dt.timezone.utc)  # noqa: UP017 - the same in old Pythons
    runs = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            tags=FlowRunFilterTags(all_=["=".join(request["tag"])]),
            expected_start_time=FlowRunFilterExpectedStartTime(before_=due),
        ),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=LATEST,
    )
    runs = [run for run in runs if run.parent_task_run_id is None]
    ticks: dict[str, dict[str, Any]] = {}
    for run in runs:
        if run.auto_scheduled:
            ticks[str(int(run.expected_start_time.timestamp()))] = told(run)
    for run in runs:
        if not run.auto_scheduled:
            # By the start, not the tick: the runner lets a run begin some tenths of a second early.
            before = [moment for moment, tick in ticks.items() if tick["began"] <= run.created.timestamp()]
            if before:
                ticks[max(before, key=int)]["runs"][str(run.id)] = told(run)
    return {"ticks": ticks, "busy": any(run.state_type.value not in FINAL for run in runs)}


def told(run: Any) -> dict[str, Any]:
    """A run's state, for the ledger."""
    message = (run.state.message or "") if run.state else ""
    began = (run.start_time or run.expected_start_time).timestamp()
    facts = {"id": str(run.id), "status": run.state_type.value, "reason": message[:500]}
    return {**facts, "began": began, "runs": {}}


def watch(request: dict[str, Any]) -> None:
    """One event a change, until the process ends."""
    from prefect import get_client

    last: dict[str, Any] = {}
    with get_client(sync_client=True) as client:
        while True:
            try:
                now = seen(client, request)
            except Exception as problem:  # a server that is busy is asked again
                now = {**last, "trouble": str(problem)[:300]}
            if now != last:
                emit(request, "seen", **now)
                last = now
            time.sleep(POLL_SECONDS)


def main(request_file: str) -> int:
    """Serve until ended; 3: it could not begin, or serving ended by itself."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    try:
        from prefect import serve

        found = deployments_of(request)
        emit(request, "ready")
        while not Path(request["go"]).exists():
            time.sleep(0.2)
        threading.Thread(target=watch, args=(request,), daemon=True).start()
        serve(*found, print_starting_message=False)
        emit(request, "error", message="serving the deployments ended by itself")
    except Exception as problem:
        traceback.print_exc()
        emit(request, "error", message=f"{type(problem).__name__}: {problem}"[:2000])
    return 3


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - the project root, as `prefect deploy` does it
    sys.exit(main(sys.argv[1]))
