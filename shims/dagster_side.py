"""Runs the legacy job in the legacy interpreter: `python dagster_side.py request.json`.

Started by path in an environment that has Dagster (1.7 to the newest) and nothing of ours. Each year
is a real run of a real instance with the project's own executor. What happens is read from the
instance's event log and appended to the `events` file of the request; nothing is said on stdout.

Exit code: 0 all years succeeded, 1 one failed (later ones are then not started), 3 something else broke.

Upstream: https://docs.dagster.io/api/dagster/execution#dagster.execute_job
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.metadata
import json
import os
import platform
import resource
import shutil
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

POLL_SECONDS = 1.5
DISTRIBUTIONS = ("dagster", "dagster-dbt", "dbt-core", "dbt-duckdb", "duckdb")


class Events:
    """The events file: one JSON object a line, written through at once."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - open until exit
        self._lock = threading.Lock()

    def emit(self, event: str, *, at: float | None = None, **facts: Any) -> None:
        """Append one event. `at` is seconds since the epoch; now, when it is not given."""
        moment = dt.datetime.fromtimestamp(at or time.time(), dt.timezone.utc)  # noqa: UP017 - Python 3.8
        line = json.dumps({"at": moment.isoformat(), "event": event, **facts}, default=str)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()


class RunWatcher(threading.Thread):
    """Follows one run's event log while it happens, whichever process writes it.

    Its own CPU time is counted (`cpu_seconds`), because it is spent on the side's account.
    """

    def __init__(self, instance: Any, tags: dict[str, str], year: int, events: Events) -> None:
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
            message = "" if kind == "STEP_SUCCESS" else _reason(event)
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
            self.failures.append(_reason(event))


def _check(evaluation: Any) -> dict[str, Any]:
    """A verdict as the ledger keeps it. `blocking` is None where this Dagster does not record it."""
    return {
        "asset": "/".join(evaluation.asset_key.path),
        "check": evaluation.check_name,
        "passed": bool(evaluation.passed),
        "severity": evaluation.severity.value,
        "blocking": getattr(evaluation, "blocking", None),
    }


def _reason(event: Any) -> str:
    """The innermost error of a failure, else the event's own message; at most 500 characters."""
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and getattr(error, "cause", None) is not None:
        error = error.cause
    text = (error.message if error is not None else event.message) or ""
    return str(text).strip()[:500]


def find_definitions(module_name: str, attribute: str) -> str:
    """The name of the module's Definitions: the given attribute, or the only one there is."""
    from dagster import Definitions, RepositoryDefinition

    module = importlib.import_module(module_name)
    if attribute:
        getattr(module, attribute)
        return attribute
    found: dict[int, str] = {}
    for name, value in vars(module).items():
        if (
            isinstance(value, (Definitions, RepositoryDefinition))
            or type(value).__name__ == "LazyDefinitions"
        ):
            found.setdefault(id(value), name)
    if len(found) != 1:
        names = ", ".join(found.values()) or "none"
        raise LookupError(
            f"module {module_name} holds {names} as Definitions; name one as legacy.attribute"
            " in migration.toml"
        )
    return next(iter(found.values()))


def partition_tags(job: Any, key: str, instance: Any) -> dict[str, str]:
    """The tags Dagster gives a run of this partition; none for a job without partitions.

    Raises:
        ValueError: the job has partitions, and this is none of them.
    """
    definition = getattr(job, "partitions_def", None)
    layer = job.asset_layer
    for asset in sorted(getattr(layer, "executable_asset_keys", ()), key=str):
        definition = definition or layer.get(asset).partitions_def
    if not key or definition is None:
        return {}
    known = definition.get_partition_keys(dynamic_partitions_store=instance)
    if key not in known:
        raise ValueError(f"'{key}' is no partition of job {job.name}")
    return dict(definition.get_tags_for_partition_key(key))


def run_year(request: dict[str, Any], run: dict[str, Any], recon: Any, instance: Any, events: Events) -> bool:
    """One run of the job; True when Dagster says it succeeded."""
    from dagster import execute_job

    year, started, cpu = run["year"], time.monotonic(), cpu_seconds()
    events.emit("year_started", year=year, partition=run.get("partition", ""))
    job = recon.get_definition()
    tags = {**request["tags"], "changeover.year": str(year)}
    watcher = RunWatcher(instance, dict(tags), year, events)
    tags.update(partition_tags(job, str(run.get("partition", "")), instance))
    config = run.get("run_config") or None
    if config is None and job.partitioned_config is not None and "dagster/partition" in tags:
        config = job.partitioned_config.get_run_config_for_partition_key(str(run["partition"]))
    watcher.start()
    with execute_job(recon, instance=instance, run_config=config, tags=tags) as result:
        ok, run_id = bool(result.success), result.run_id
    watcher.finish(run_id)
    facts = {"run_id": run_id, "ok": ok, "seconds": round(time.monotonic() - started, 3)}
    facts["cpu_seconds"] = round(cpu_seconds() - cpu, 3)
    facts["observer_cpu_seconds"] = round(watcher.cpu_seconds, 3)
    message = "" if ok else "; ".join(watcher.failures)[:2000] or "the run failed"
    events.emit("year_finished", year=year, message=message, **facts)
    if ok:
        keep_year(request, year, events)
    return ok


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
    from dagster import DagsterInstance
    from dagster._core.definitions.reconstruct import ReconstructableRepository

    attribute = find_definitions(request["module"], request.get("attribute", ""))
    repository = ReconstructableRepository.for_module(request["module"], attribute, request["root"])
    recon = repository.get_reconstructable_job(request["job"])
    recon.get_definition()
    with DagsterInstance.get() as instance:
        return all(run_year(request, run, recon, instance, events) for run in request["runs"])


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
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - the project root, as `dagster -m` does it
    sys.exit(main(sys.argv[1]))
