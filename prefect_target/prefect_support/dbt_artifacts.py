"""What a dbt call is doing and what it did, as artifacts of its task run.

Written by `migrate convert`; yours to edit. Used by dbt_call.py and dbt_models.py.

* a progress artifact while a call runs, for calls that take longer than `FIRST` seconds: told every `EVERY`
  seconds, and once at the end, by a thread of its own, so that dbt never waits for an answer;
* when the task's calls have ended, a table with a row a node, and a page of markdown with what matters of it.
  Their keys are the task's name and the partition's: Prefect keeps the versions of a key side by side.

Nothing here decides anything: an artifact that cannot be written is a warning in the log.

Upstream: https://docs.prefect.io/v3/concepts/artifacts
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate, ArtifactUpdate
from prefect.context import TaskRunContext

from .dbt_results import DbtInvocation, DbtNode, nodes_shown
from .validations import run_logger

FIRST, EVERY = 2.0, 5.0
SLOWEST = 5
_ORDER = ("error", "fail", "runtime error", "skipped", "warn", "success", "pass", "no-op")


class Progress:
    """How far a call has come; outside of a task run it does nothing."""

    def __init__(self, about: str) -> None:
        context = TaskRunContext.get()
        self._run = context.task_run if context and nodes_shown() else None
        self._about, self._total, self._ended = about, 0, 0
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._logger = run_logger()

    def began(self, total: int) -> None:
        """dbt has said how many nodes it will go through."""
        self._total = self._total or total
        if self._run is not None and self._thread is None and total:
            self._thread = threading.Thread(target=self._tell, daemon=True, name="dbt progress")
            self._thread.start()

    def ended(self, count: int) -> None:
        """So many nodes have ended."""
        self._ended = count

    def finish(self) -> None:
        """The call is over: the last figure is told, if any was told before."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def _tell(self) -> None:
        if self._over.wait(FIRST):
            return
        try:
            with get_client(sync_client=True) as client:
                made = client.create_artifact(self._artifact())
                while not self._over.wait(EVERY):
                    client.update_artifact(made.id, self._update())
                client.update_artifact(made.id, self._update())
        except Exception as problem:
            self._logger.warning("progress cannot be told: %s", problem)

    def _artifact(self) -> ArtifactCreate:
        assert self._run is not None
        update = self._update()
        return ArtifactCreate(
            type="progress",
            task_run_id=self._run.id,
            flow_run_id=self._run.flow_run_id,
            data=update.data,
            description=update.description,
        )

    def _update(self) -> ArtifactUpdate:
        done = min(self._ended, self._total)
        said = f"{self._about}: {done} of {self._total} nodes"
        return ArtifactUpdate(data=round(100.0 * done / self._total, 1), description=said)


def summarise(calls: Sequence[DbtInvocation], partition: str = "") -> None:
    """Write the table and the page of a task's calls; nothing outside of a task run, or without nodes."""
    context = TaskRunContext.get()
    nodes = [node for call in calls for node in call.nodes]
    if context is None or not nodes or not nodes_shown():
        return
    key = _key("dbt", context.task.name, partition)
    title = f"{context.task.name} {partition}".strip()
    run = {"task_run_id": context.task_run.id, "flow_run_id": context.task_run.flow_run_id}
    rows = json.dumps([_row(node) for node in nodes])
    page = markdown(title, calls)
    try:
        with get_client(sync_client=True) as client:
            for kind, name, data in (("table", f"{key}-nodes", rows), ("markdown", f"{key}-summary", page)):
                client.create_artifact(
                    ArtifactCreate(type=kind, key=name, description=title, data=data, **run)
                )
    except Exception as problem:
        run_logger().warning("the summary of %s cannot be written: %s", title, problem)


def markdown(title: str, calls: Sequence[DbtInvocation]) -> str:
    """The page: how many ended how, what failed and why, what was skipped, what took longest."""
    nodes = [node for call in calls for node in call.nodes]
    counts = Counter(node.status for node in nodes)
    told = ", ".join(f"{counts[s]} {s}" for s in sorted(counts, key=_rank))
    seconds = sum(call.seconds for call in calls)
    lines = [f"# {title}", "", f"{len(nodes)} nodes in {seconds:.1f} s: {told}.", ""]
    failed = [node for node in nodes if node.failed]
    if failed:
        lines += ["## Failed", "", *(f"* `{node.unique_id}`: {node.message}" for node in failed), ""]
    if skipped := [node for node in nodes if node.status == "skipped"]:
        lines += ["## Skipped", "", ", ".join(f"`{node.unique_id}`" for node in skipped), ""]
    lines += ["## Slowest", "", "| node | seconds | rows |", "|---|---:|---:|"]
    for node in sorted(nodes, key=lambda node: -node.seconds)[:SLOWEST]:
        lines.append(f"| {node.unique_id} | {node.seconds:.2f} | {'' if node.rows is None else node.rows} |")
    return "\n".join(lines) + "\n"


def _row(node: DbtNode) -> dict[str, Any]:
    kind, _, name = node.unique_id.split(".")[:3]
    return {
        "node": name,
        "kind": kind,
        "state": node.status,
        "seconds": round(node.seconds, 3),
        "rows": node.rows,
        "message": node.message,
    }


def _rank(status: str) -> int:
    return _ORDER.index(status) if status in _ORDER else 0


def _key(*parts: str) -> str:
    words = [re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts]
    return "-".join(word for word in words if word)
