"""Every dbt node as a Prefect task run: its own state, log lines, timing, rows and upstream edges.

Written by `migrate convert`; yours to edit.

dbt stays in charge of the order and the threads. As each node ends, ONE event tells the server of the
whole task run (Prefect builds task runs out of such events); no request is sent a node, and nothing waits
for an answer. A node that is still running after `SLOW_SECONDS` is shown as running meanwhile.

* a model, seed or snapshot that failed: `Failed`, with dbt's message; what depends on it: `NotReady`,
  with the reason; the rest goes on;
* a dbt test: linked to the nodes it judges; `Failed` with severity error, `CheckWarned` with severity warn.

Upstream: https://docs.prefect.io/v3/concepts/tasks and https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Mapping, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect.client.schemas.objects import State, StateType, TaskRun, TaskRunResult
from prefect.context import FlowRunContext, TaskRunContext
from prefect.logging.loggers import PrefectLogAdapter, get_logger
from prefect.utilities.engine import emit_task_run_state_change_event

from .validations import run_logger

SLOW_SECONDS = 2.0
"""A node that ends sooner is told of once, when it has ended; a slower one also while it runs."""

_STATES = {
    "success": (StateType.COMPLETED, "Completed"),
    "pass": (StateType.COMPLETED, "Completed"),
    "warn": (StateType.COMPLETED, "CheckWarned"),
    "skipped": (StateType.PENDING, "NotReady"),
}
_FAILED = (StateType.FAILED, "Failed")
Logger = logging.Logger | logging.LoggerAdapter[logging.Logger]


@dataclass
class _Run:
    task_run: TaskRun
    logger: Logger
    timer: threading.Timer | None = None
    running: State[Any] | None = None


@dataclass
class NodeRuns:
    """The task runs of one dbt call, inside the task that makes it; outside of a flow run, log lines only.

    `upstream` gives, by a node's unique id, the unique ids it reads.
    """

    upstream: Mapping[str, Sequence[str]]
    _context: Context = field(default_factory=copy_context)
    _runs: dict[str, _Run] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        flow_run, task_run = FlowRunContext.get(), TaskRunContext.get()
        self._flow_run = flow_run.flow_run if flow_run and task_run else None
        self._flow_name = flow_run.flow.name if flow_run and flow_run.flow else "<unknown>"
        self._parent = task_run.task_run if task_run else None
        self._plain = run_logger()

    def started(self, unique_id: str) -> None:
        """A node begins: if it takes long, it is shown as running. Called from dbt's threads."""
        if self._flow_run is None:
            return
        run = self._begin(unique_id)
        run.timer = threading.Timer(SLOW_SECONDS, self._show_running, [run])
        run.timer.daemon = True
        run.timer.start()

    def ended(self, unique_id: str, status: str, message: str, line: str, seconds: float) -> None:
        """A node has ended with dbt's `status`; `line` goes to its log, `message` into its state."""
        run = self._runs.get(unique_id)
        if run is None and self._flow_run is not None:
            run = self._begin(unique_id)  # dbt skips a node without starting it
        kind, name = _STATES.get(status, _FAILED)
        level = logging.ERROR if kind is StateType.FAILED else logging.INFO
        (run.logger if run else self._plain).log(level, "dbt %s", line)
        if run is None:
            return
        if run.timer:
            run.timer.cancel()
        end = datetime.now(UTC)
        if kind is not StateType.PENDING:
            run.task_run.start_time = end - timedelta(seconds=seconds)
            run.task_run.end_time = end
            run.task_run.total_run_time = timedelta(seconds=seconds)
            run.task_run.run_count = 1
        with self._lock:
            self._tell(run, State(type=kind, name=name, timestamp=end, message=message))

    def _begin(self, unique_id: str) -> _Run:
        assert self._flow_run is not None
        resource_type, _, name = unique_id.split(".")[:3]
        parents = [TaskRunResult(id=self._parent.id)] if self._parent else []
        made = [self._runs[key].task_run.id for key in self.upstream.get(unique_id, ()) if key in self._runs]
        task_run = TaskRun(
            name=f"{resource_type} {name}",
            flow_run_id=self._flow_run.id,
            task_key=f"dbt.{unique_id}",
            dynamic_key=uuid.uuid4().hex,
            expected_start_time=datetime.now(UTC),
            tags=["dbt", f"dbt:{resource_type}"],
            task_inputs={"__parents__": parents, "upstream": [TaskRunResult(id=key) for key in made]},
        )
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

    def _show_running(self, run: _Run) -> None:
        with self._lock:
            if run.task_run.end_time is None:
                run.task_run.start_time = run.task_run.expected_start_time
                run.running = State(type=StateType.RUNNING, name="Running")
                self._tell(run, run.running)

    def _tell(self, run: _Run, state: State[Any]) -> None:
        # dbt's threads and timers know nothing of the flow run: the event is sent as if from the task
        before = run.running if state is not run.running else None
        self._context.copy().run(emit_task_run_state_change_event, run.task_run, before, state)
