"""Every dbt node as a Prefect task run: its own state, log lines, timing, rows and upstream edges.

Written by `migrate convert`; yours to edit.

dbt stays in charge of the order and the threads. As each node ends, ONE event tells the server of the
whole task run (Prefect builds task runs out of such events); no request is sent a node, and nothing waits
for an answer. A node that is still running after `SLOW_SECONDS` is shown as running meanwhile.

* a model, seed or snapshot that failed: `Failed`, with dbt's message (`AwaitingRetry` when it is about to be
  run again: dbt_retries.py); what depends on it: `NotReady`,
  with the reason; the rest goes on;
* a dbt test: linked to the nodes it judges; `Failed` with severity error, `CheckWarned` with severity warn.

Upstream: https://docs.prefect.io/v3/concepts/tasks and https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from prefect.client.schemas.objects import State, StateType, TaskRun, TaskRunResult
from prefect.context import FlowRunContext, TaskRunContext
from prefect.logging.loggers import PrefectLogAdapter, get_logger
from prefect.utilities.engine import emit_task_run_state_change_event

from .dbt_results import DbtNode, nodes_shown
from .validations import run_logger

_made: dict[UUID, dict[str, UUID]] = {}  # flow run → a node's unique id → its latest task run, of any call
_FLOW_RUNS_KEPT = 8
SLOW_SECONDS = 2.0
"""A node that ends sooner is told of once, when it has ended; a slower one also while it runs."""

_STATES = {
    "success": ("COMPLETED", "Completed"),
    "pass": ("COMPLETED", "Completed"),
    "no-op": ("COMPLETED", "Completed"),
    "warn": ("COMPLETED", "CheckWarned"),
    "skipped": ("PENDING", "NotReady"),
}
_FAILED = ("FAILED", "Failed")
_GOOD = ("success", "pass", "warn", "no-op")
Logger = logging.Logger | logging.LoggerAdapter[logging.Logger]


@dataclass
class _Run:
    task_run: TaskRun
    logger: Logger
    slow_at: float | None = None  # when it must be shown as running, on the monotonic clock
    running: State[Any] | None = None


class NodeRuns:
    """The task runs of one dbt call, inside the task that makes it; outside of a flow run, log lines only."""

    def __init__(self) -> None:
        flow_run, task_run = FlowRunContext.get(), TaskRunContext.get()
        self.upstream: Mapping[str, Sequence[str]] = {}
        """By a node's unique id, the unique ids it reads."""
        self._flow_run = flow_run.flow_run if flow_run and task_run and nodes_shown() else None
        self._flow_name = flow_run.flow.name if flow_run and flow_run.flow else "<unknown>"
        self._parent = task_run.task_run if task_run else None
        self._plain = run_logger()
        self._context = copy_context()
        self._runs = dict[str, _Run]()
        self._failed = set[str]()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._watcher: threading.Thread | None = None

    def started(self, unique_id: str) -> None:
        """A node begins: if it takes long, it is shown as running. Called from dbt's threads."""
        if self._flow_run is None:
            return
        run = self._runs.get(unique_id) or self._begin(unique_id)
        run.slow_at = time.monotonic() + SLOW_SECONDS
        with self._lock:  # one thread for all nodes: to start one for each costs more than the event
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, daemon=True, name="dbt slow nodes")
                self._watcher.start()

    def finish(self) -> None:
        """The call is over: no node is running any more."""
        self._over.set()

    def ended(self, node: DbtNode, *, will_retry: bool = False) -> None:
        """A node has ended; `will_retry` when it failed and is about to be run again."""
        run = self._runs.get(node.unique_id)
        if run is None and self._flow_run is not None:
            run = self._begin(node.unique_id)  # dbt skips a node without starting it
        kind, name = ("SCHEDULED", "AwaitingRetry") if will_retry else _STATES.get(node.status, _FAILED)
        (self._failed.add if node.status not in _GOOD else self._failed.discard)(node.unique_id)
        level = logging.ERROR if kind == "FAILED" else logging.INFO
        (run.logger if run else self._plain).log(level, "dbt %s", node.line())
        if run is None:
            return
        with self._lock:  # the state's time is taken inside: the server keeps the latest
            run.slow_at = None
            state = State(type=StateType(kind), name=name, message=self._message(node))
            if node.status != "skipped":
                run.task_run.run_count += 1
                run.task_run.end_time = None if will_retry else state.timestamp
                run.task_run.start_time = state.timestamp - timedelta(seconds=node.seconds)
                run.task_run.total_run_time += timedelta(seconds=node.seconds)
            self._tell(run, state)

    def _message(self, node: DbtNode) -> str:
        if node.status == "skipped":
            causes = sorted(self._failed.intersection(self.upstream.get(node.unique_id, ())))
            return f"skipped: {', '.join(causes)} did not build" if causes else "skipped by dbt"
        size = f", {node.rows} rows" if node.rows is not None else ""
        return f"{node.message or node.status} in {node.seconds:.2f} s{size}"

    def _begin(self, unique_id: str) -> _Run:
        assert self._flow_run is not None
        resource_type, _, name = unique_id.split(".")[:3]
        parents = [TaskRunResult(id=self._parent.id)] if self._parent else []
        made = _task_runs(self._flow_run.id)
        read = [TaskRunResult(id=made[key]) for key in self.upstream.get(unique_id, ()) if key in made]
        task_run = TaskRun(
            name=f"{resource_type} {name}",
            flow_run_id=self._flow_run.id,
            task_key=f"dbt.{unique_id}",
            dynamic_key=uuid4().hex,
            expected_start_time=datetime.now(UTC),
            tags=[f"dbt:{resource_type}"],
            task_inputs={"__parents__": parents, "upstream": read},
        )
        made[unique_id] = task_run.id
        run = self._runs[unique_id] = _Run(task_run, self._logger(task_run))
        return run

    def _logger(self, task_run: TaskRun) -> Logger:
        assert self._flow_run is not None
        extra = {
            "task_run_id": str(task_run.id),
            "flow_run_id": str(self._flow_run.id),
            "task_run_name": task_run.name,
            "task_name": task_run.name,
            "flow_run_name": self._flow_run.name,
            "flow_name": self._flow_name,
        }
        adapter: Logger = PrefectLogAdapter(get_logger("prefect.task_runs"), extra=extra)
        return adapter

    def _watch(self) -> None:
        while not self._over.wait(SLOW_SECONDS / 4):
            now = time.monotonic()
            for run in list(self._runs.values()):
                if run.slow_at is not None and run.slow_at <= now:
                    self._show_running(run)

    def _show_running(self, run: _Run) -> None:
        with self._lock:
            if run.slow_at is not None:  # else it ended a moment ago
                run.slow_at = None
                run.task_run.start_time = run.task_run.expected_start_time
                run.running = State(type=StateType.RUNNING, name="Running")
                self._tell(run, run.running)

    def _tell(self, run: _Run, state: State[Any]) -> None:
        # dbt's threads and ours know nothing of the flow run: the event is sent as if from the task
        before = run.running if state is not run.running else None
        self._context.copy().run(emit_task_run_state_change_event, run.task_run, before, state)


def _task_runs(flow_run: UUID) -> dict[str, UUID]:
    if flow_run not in _made:
        _made[flow_run] = {}
        for forgotten in list(_made)[:-_FLOW_RUNS_KEPT]:
            del _made[forgotten]
    return _made[flow_run]
