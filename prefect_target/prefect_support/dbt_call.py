"""One dbt command in this process: the manifest, the listener, the retries, the closed connections.

Written by `migrate convert`; yours to edit. Used by `DbtProject.cli` (dbt_project.py).

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .dbt_artifacts import Progress
from .dbt_economy import GatheredLog, collecting_less, file_log
from .dbt_manifests import CannotParse, held_manifest
from .dbt_results import DbtInvocation, DbtNode
from .dbt_retries import RETRIED_COMMANDS, narrowed, pause, to_run_again
from .dbt_task_runs import NodeRuns
from .transient import is_transient
from .validations import run_logger

_BUILDS_ON_MANIFEST = RETRIED_COMMANDS | {"compile", "ls", "list", "show", "run-operation"}
_SAID_BY_THE_PROJECT = ("JinjaLogInfo", "JinjaLogWarning", "PrintEvent")
_SAID_ALREADY = ("LogTestResult", "RunResultWarning")  # NodeFinished has it
_RAISED = frozenset({"CatchableExceptionOnRun", "InternalErrorOnRun", "GenericExceptionOnRun"})
"""Events that dbt fires in the node's thread, inside the `except` that caught what the node raised."""


@dataclass
class DbtCall:
    """A command to run; `retries` times more, for what failed for a transient reason.

    `place` are the options that say which project, profile and target; `variables` those of `--vars`.
    """

    folder: Path
    place: Sequence[str]
    args: Sequence[str]
    variables: Mapping[str, Any]
    retries: int
    retry_delay_seconds: float
    nodes: dict[str, DbtNode] = field(default_factory=dict)
    _success: bool = False
    _result: Any = None
    _exception: BaseException | None = None
    _reason: str = ""
    _attempts_left: int = 0
    _may_pass: dict[str, bool] = field(default_factory=dict)  # of nodes whose exception was seen

    def run(self) -> tuple[DbtInvocation, str]:
        """What it did, and the reason if dbt could not even begin."""
        started = time.perf_counter()
        self._attempts_left = self.retries if RETRIED_COMMANDS.intersection(self.args) else 0
        again: list[str] | None = list(self.args)
        try:
            while again is not None:
                with collecting_less():
                    self._once(again)
                again = self._next()
        finally:
            self._runs.finish()
            self._progress.finish()
        success = self._success and not any(node.failed for node in self.nodes.values())
        seconds = time.perf_counter() - started
        nodes = tuple(self.nodes.values())
        return DbtInvocation(tuple(self.args), success, seconds, nodes, (), self._result), self._reason

    def _once(self, args: list[str]) -> None:
        from dbt.cli.main import dbtRunner

        log = GatheredLog()
        try:
            manifest = held_manifest(self.folder, self.place, self.variables) if self._on_manifest else None
            self._upstream = _upstream(manifest)
            quiet = ["--log-level", "none", *file_log(self.folder, args)]
            command = [*quiet, *args, *(text for text in self.place if text not in args)]
            with collecting_less():
                outcome = dbtRunner(manifest=manifest, callbacks=[self._listener(log)]).invoke(command)
        except CannotParse as error:
            self._success, self._reason, self._exception = False, " ".join(str(error).split()), error
            return
        finally:
            log.finish()
            _close_connections()
        self._manifest = manifest
        self._success, self._exception = outcome.success, outcome.exception
        self._reason = " ".join(str(outcome.exception or "").split())
        self._result = _merged(self._result, outcome.result)

    def _next(self) -> list[str] | None:
        """The command that runs again what may succeed now; None when there is nothing to gain."""
        if self._success or self._attempts_left == 0:
            return None
        failed = {key: self._transient(node) for key, node in self.nodes.items() if node.failed}
        skipped = [key for key, node in self.nodes.items() if node.status == "skipped"]
        if failed:
            keys = to_run_again(failed, skipped, self._upstream)
            again = narrowed(self.args, keys, self._manifest) if keys else None
        else:
            again = list(self.args) if self._exception and is_transient(self._exception) else None
        if again is not None:
            attempt = self.retries - self._attempts_left + 1
            seconds = pause(attempt, self.retry_delay_seconds)
            self._attempts_left -= 1
            said = "dbt: transient failure, retry %d of %d in %.1f s"
            run_logger().warning(said, attempt, self.retries, seconds)
            time.sleep(seconds)
        return again

    def _transient(self, node: DbtNode) -> bool:
        """By what the node raised; by its message where no exception was to be had. A failed test never."""
        if node.status == "fail":
            return False
        return self._may_pass.get(node.unique_id, is_transient(node.message))

    @property
    def _on_manifest(self) -> bool:
        return bool(_BUILDS_ON_MANIFEST.intersection(self.args))

    @cached_property
    def _runs(self) -> NodeRuns:
        return NodeRuns()

    @cached_property
    def _progress(self) -> Progress:
        return Progress(f"dbt {self.args[0]}")

    def _listener(self, log: GatheredLog) -> Callable[[Any], None]:
        """Told of every event of dbt: keeps the nodes that end, makes their task runs, logs the rest."""
        logger, runs, progress = run_logger(), self._runs, self._progress
        runs.upstream = self._upstream

        def listen(event: Any) -> None:
            name = event.info.name
            if name == "NodeStart":
                self._may_pass.pop(event.data.node_info.unique_id, None)
                runs.started(event.data.node_info.unique_id)
            elif name in _RAISED and (raised := sys.exc_info()[1]):
                self._may_pass[event.data.node_info.unique_id] = is_transient(raised)
            elif name == "NodeFinished":
                node = self.nodes[event.data.node_info.unique_id] = _node(event.data)
                progress.ended(len(self.nodes))
                runs.ended(node, will_retry=self._attempts_left > 0 and self._transient(node))
            elif name == "ConcurrencyLine":
                progress.began(event.data.node_count)
            elif name == "MainReportVersion":
                log.begin()
            elif name in _SAID_BY_THE_PROJECT:
                logger.info("dbt says: %s", event.info.msg)
            elif event.info.level == "warn" and not name.startswith(_SAID_ALREADY):
                logger.warning("dbt warns: %s", event.info.msg)

        return listen


def _merged(first: Any, second: Any) -> Any:
    """dbt's result of all attempts: each node's latest."""
    if not hasattr(first, "results") or not hasattr(second, "results"):
        return second
    latest = {result.node.unique_id: result for result in (*first.results, *second.results)}
    second.results = list(latest.values())
    return second


def _upstream(manifest: Any) -> dict[str, list[str]]:
    if manifest is None:
        return {}
    return {key: list(getattr(node.depends_on, "nodes", ())) for key, node in manifest.nodes.items()}


def _close_connections() -> None:
    from dbt.adapters.factory import FACTORY, reset_adapters

    for adapter in FACTORY.adapters.values():
        environment = getattr(adapter.connections, "_ENV", None)
        if environment is not None:  # dbt-duckdb holds its file open until the process ends
            environment.close()
            adapter.connections.close_all_connections()
    reset_adapters()


def _node(data: Any) -> DbtNode:
    result = data.run_result
    rows = dict(result.adapter_response).get("rows_affected")
    return DbtNode(
        unique_id=data.node_info.unique_id,
        status=result.status,
        seconds=result.execution_time,
        message=" ".join(result.message.split()),
        rows=int(rows) if isinstance(rows, (int, float)) and rows >= 0 else None,
        failures=result.num_failures,
    )
