"""Runs the converted flow in the target interpreter: `python prefect_side.py request.json`.

Started by path in an environment that has Prefect 3 and nothing of ours, against the API that
PREFECT_API_URL names. Task runs and check verdicts are taken from the events Prefect sends to that
API, as they are sent: no polling, and nothing is recorded here that the server is not told.

Exit code: 0 all years succeeded, 1 one failed (later ones are then not started), 3 something else broke.

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib
import importlib.metadata
import json
import os
import platform
import re
import resource
import shutil
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

MADE = "prefect.asset.materialization."
DISTRIBUTIONS = ("prefect", "prefect-dbt", "dbt-core", "dbt-duckdb", "duckdb")
CHECKS_EVENT = "asset-checks.evaluated"
NEVER_STARTED = "NotReady"  # what Prefect calls a task whose upstream failed
FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Events:
    """The events file: one JSON object a line, written through at once."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - open until exit
        self._lock = threading.Lock()

    def emit(self, event: str, *, at: str = "", **facts: Any) -> None:
        """Append one event. `at` is an ISO moment; now, when it is not given."""
        moment = at or dt.datetime.now(dt.timezone.utc).isoformat()  # noqa: UP017 - the same in old Pythons
        line = json.dumps({"at": moment, "event": event, **facts}, default=str)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()


class Observer:
    """Looks at every event on its way to the API and writes down task runs and checks."""

    def __init__(self, events: Events) -> None:
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
                self._check(check, event.occurred.isoformat())
        elif event.event.startswith(MADE):
            key = event.resource["prefect.resource.id"]
            facts = {"asset": key.partition("://")[2] or key, "ok": event.event == f"{MADE}succeeded"}
            self._events.emit("asset", at=event.occurred.isoformat(), year=self.year, **facts)
        elif event.event.startswith("prefect.task-run."):
            self._task(event)

    def _check(self, check: dict[str, Any], at: str) -> None:
        facts = {"asset": check["asset"].partition("://")[2] or check["asset"], "check": check["name"]}
        facts.update({key: check.get(key) for key in ("passed", "severity", "blocking")})
        self._events.emit("check", at=at, year=self.year, **facts)

    def _task(self, event: Any) -> None:
        run_id = event.resource["prefect.resource.id"].rpartition(".")[2]
        name = event.resource.get("prefect.resource.name") or run_id
        step = re.sub(r"-[0-9a-f]{3}$", "", name)
        kind = event.resource.get("prefect.state-type", "")
        state = event.resource.get("prefect.state-name", "")
        at, moment = event.occurred.isoformat(), event.occurred.timestamp()
        if kind == "RUNNING" and run_id not in self._starts:
            self._starts[run_id] = (step, moment)
            self.tasks += 1
            self._events.emit("step_started", at=at, year=self.year, step=step, run_id=run_id)
        elif kind in FINAL or state == NEVER_STARTED:
            started = self._starts.get(run_id, (step, moment))[1]
            message = "" if state == "Completed" else event.resource.get("prefect.state-message", "")
            ok = kind == "COMPLETED"
            if not ok:
                self.failures.append(f"{step}: {message}"[:500])
            facts = {"ok": ok, "seconds": round(moment - started, 3), "state": state}
            self._events.emit(
                "step_finished",
                at=at,
                year=self.year,
                step=step,
                run_id=run_id,
                message=message[:500],
                **facts,
            )


def run_year(
    flow: Any, request: dict[str, Any], run: dict[str, Any], observer: Observer, events: Events
) -> bool:
    """One run of the flow; True when Prefect says it completed."""
    from prefect import tags

    year, started, cpu, watched = run["year"], time.monotonic(), cpu_seconds(), observer.cpu_seconds
    observer.year, observer.tasks, observer.failures = year, 0, []
    events.emit("year_started", year=year, parameters=run["parameters"])
    labels = [f"{key}={value}" for key, value in request["tags"].items()]
    with tags(*labels, f"changeover.year={year}"):
        state = flow(**run["parameters"], return_state=True)
        if asyncio.iscoroutine(state):
            state = asyncio.run(state)
    ok = bool(state.is_completed())
    message = "" if ok else (state.message or "; ".join(observer.failures) or state.name)[:2000]
    events.emit(
        "year_finished",
        year=year,
        ok=ok,
        run_id=str(state.state_details.flow_run_id or ""),
        seconds=round(time.monotonic() - started, 3),
        cpu_seconds=round(cpu_seconds() - cpu, 3),
        observer_cpu_seconds=round(observer.cpu_seconds - watched, 3),
        tasks=observer.tasks,
        message=message,
    )
    if ok:
        keep_year(request, year, events)
    return ok


def find_flow(target: str) -> Any:
    """The flow that `module:name` points at.

    Raises:
        TypeError: there is something else of that name.
    """
    from prefect import Flow

    module, _, name = target.partition(":")
    found = getattr(importlib.import_module(module), name)
    if not isinstance(found, Flow):
        raise TypeError(f"{target} is no Prefect flow but {type(found).__name__}")
    return found


def keep_year(request: dict[str, Any], year: int, events: Events) -> None:
    """Copy what the years so far wrote, whole or not at all: a run killed later goes on from here."""
    if "keep" not in request or year == request["runs"][-1]["year"]:
        return
    source, kept = (Path(name) for name in request["keep"])
    started, part = time.monotonic(), kept / f"{year}.part"
    try:
        shutil.rmtree(str(part), ignore_errors=True)
        shutil.copytree(str(source), str(part), symlinks=True)
        part.rename(kept / str(year))
        for other in kept.iterdir():
            if other.name != str(year):
                shutil.rmtree(str(other))
    except OSError as problem:  # a full disk costs the way back, not the run
        events.emit("log", year=year, message=f"year {year} is not kept: {problem}")
        return
    events.emit("year_kept", year=year, seconds=round(time.monotonic() - started, 3))


def cpu_seconds() -> float:
    """CPU time of this process and of its finished children, in seconds."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def versions() -> dict[str, str]:
    """The versions of what is installed here and matters for the comparison."""
    found = {}
    for name in DISTRIBUTIONS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def run_all(request: dict[str, Any], events: Events) -> bool:
    """Run the years of the request in order, stop at the first that fails; True when none did."""
    observer = Observer(events)
    observer.attach()
    flow = find_flow(request["flow"])
    return all(run_year(flow, request, run, observer, events) for run in request["runs"])


def main(request_file: str) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    events = Events(request["events"])
    events.emit("side_started", pid=os.getpid(), python=platform.python_version(), versions=versions())
    try:
        ok = run_all(request, events)
    except Exception as problem:
        traceback.print_exc()
        events.emit("error", message=f"{type(problem).__name__}: {problem}"[:2000])
        return 3
    events.emit("side_finished", ok=ok)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - the project root, as `prefect deploy` does it
    sys.exit(main(sys.argv[1]))
