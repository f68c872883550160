"""dbt in this process: one parsed project held over many calls, every node logged as it ends.

Written by `migrate convert`; yours to edit.

    dbt = DbtProject(project_dir=Path("dbt"), profiles_dir=Path("dbt"))
    dbt.cli(["build", "--vars", '{"year": 2025}'])

The task that materialises the project's assets is made by `@dbt_models` (dbt_models.py).

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from .dbt_manifests import CannotParse, held_manifest
from .dbt_task_runs import NodeRuns
from .validations import CheckRecord, run_logger

_BUILDS_ON_MANIFEST = frozenset(
    {"build", "run", "test", "seed", "snapshot", "compile", "ls", "list", "show", "run-operation"}
)
_SAID_BY_THE_PROJECT = ("JinjaLogInfo", "JinjaLogWarning", "PrintEvent")
_SAID_ALREADY = ("LogTestResult", "RunResultWarning")  # NodeFinished has it
_calls: ContextVar[list[DbtInvocation] | None] = ContextVar("dbt_calls", default=None)
_ONE_AT_A_TIME = threading.RLock()  # dbt keeps its flags, adapters and working directory process-wide


@dataclass(frozen=True)
class DbtNode:
    """How one node ended: `status` is dbt's word, `rows` what the adapter said if it said."""

    unique_id: str
    status: str
    seconds: float
    message: str = ""
    rows: int | None = None
    failures: int | None = None

    @property
    def failed(self) -> bool:
        """True for a model that did not build and a test that failed with severity error."""
        return self.status in ("error", "fail", "runtime error")

    def line(self) -> str:
        """One line for a log: what ended, how, how long it took, how many rows."""
        size = f", {self.rows} rows" if self.rows is not None else ""
        found = f", {self.failures} failures" if self.failures else ""
        why = f": {self.message}" if self.failed else ""
        return f"{self.status} {self.unique_id} in {self.seconds:.2f} s{size}{found}{why}"


@dataclass(frozen=True)
class DbtInvocation:
    """What one call did. `checks` are the verdicts of the dbt tests that belong to an asset."""

    args: tuple[str, ...]
    success: bool
    seconds: float
    nodes: tuple[DbtNode, ...] = ()
    checks: tuple[CheckRecord, ...] = ()
    result: Any = field(default=None, repr=False)  # dbt's own result object

    def wait(self) -> DbtInvocation:
        """This call has ended already; here so that a chain of calls reads as before."""
        return self

    def is_successful(self) -> bool:
        """Whether dbt would have ended with exit code 0."""
        return self.success

    def get_artifact(self, name: str) -> dict[str, Any]:
        """`run_results.json` of this call, or `manifest.json`, as a dictionary."""
        if name == "run_results.json":
            artifact: dict[str, Any] = json.loads(json.dumps(self.result.to_dict(), default=str))
            return artifact
        raise FileNotFoundError(f"{name} is not kept in memory; read it in dbt's target folder")


class DbtFailed(RuntimeError):
    """dbt ended with an error: the message names the failed nodes, what they held up, and the log."""

    def __init__(self, invocation: DbtInvocation, reason: str, log: Path) -> None:
        self.invocation = invocation
        failed = [f"{node.unique_id} ({node.message})" for node in invocation.nodes if node.failed]
        skipped = [node.unique_id for node in invocation.nodes if node.status == "skipped"]
        parts = [f"failed: {', '.join(failed)}"] if failed else [reason]
        parts += [f"skipped: {', '.join(skipped)}"] if skipped else []
        super().__init__(f"dbt {' '.join(invocation.args)}: {'; '.join(parts)}; log: {log}")


class DbtProject(BaseModel):
    """A dbt project and the profile to run it with. Relative paths are taken from the working directory."""

    project_dir: Path
    profiles_dir: Path | None = None
    target: str | None = None

    @property
    def manifest_path(self) -> Path:
        """Where `dbt parse` writes the manifest."""
        return self.project_dir / "target" / "manifest.json"

    def cli(self, args: Sequence[str], *, raise_on_error: bool = True) -> DbtInvocation:
        """Run one dbt command in this process, with the arguments the executable takes.

        Raises DbtFailed when dbt fails, unless `raise_on_error` is False. Afterwards no connection
        is open: the next line may open the same DuckDB file.
        """
        folder, place = self.project_dir.resolve(), self._place(args)
        with _ONE_AT_A_TIME, chdir(folder):
            invocation, reason = _invoke(folder, place, list(args))
        if (calls := _calls.get()) is not None:
            calls.append(invocation)
        if raise_on_error and not invocation.success:
            raise DbtFailed(invocation, reason, folder / "logs" / "dbt.log")
        return invocation

    def _place(self, args: Sequence[str]) -> list[str]:
        """The options that say which project, profile and target; those in `args` count first."""
        own = {
            "--project-dir": str(self.project_dir.resolve()),
            "--profiles-dir": str((self.profiles_dir or self.project_dir).resolve()),
            "--target": self.target,
            "--profile": None,
        }
        given = {option: _option(args, option) or value for option, value in own.items()}
        return [text for option, value in given.items() if value for text in (option, value)]


@contextmanager
def calls_made() -> Iterator[list[DbtInvocation]]:
    """Collects every dbt call made inside the block, failed ones included."""
    calls: list[DbtInvocation] = []
    token = _calls.set(calls)
    try:
        yield calls
    finally:
        _calls.reset(token)


def _invoke(folder: Path, place: list[str], args: list[str]) -> tuple[DbtInvocation, str]:
    from dbt.cli.main import dbtRunner

    started, nodes = time.perf_counter(), dict[str, DbtNode]()
    success, result, reason = False, None, ""
    try:
        manifest = None
        if _BUILDS_ON_MANIFEST.intersection(args):
            variables = yaml.safe_load(_option(args, "--vars") or "{}")
            manifest = held_manifest(folder, place, variables)
        command = ["--log-level", "none", *args, *(text for text in place if text not in args)]
        outcome = dbtRunner(manifest=manifest, callbacks=[_listener(nodes, manifest)]).invoke(command)
        success, result, reason = outcome.success, outcome.result, str(outcome.exception or "")
    except CannotParse as error:
        reason = str(error)
    finally:
        _close_connections()
    seconds = time.perf_counter() - started
    invocation = DbtInvocation(tuple(args), success, seconds, tuple(nodes.values()), (), result)
    return invocation, " ".join(reason.split())


def _listener(nodes: dict[str, DbtNode], manifest: Any) -> Callable[[Any], None]:
    """What is told of every event of dbt: keeps the nodes that end, makes their task runs, logs the rest."""
    logger, runs = run_logger(), NodeRuns(_upstream(manifest))

    def listen(event: Any) -> None:
        name = event.info.name
        if name == "NodeStart":
            runs.started(event.data.node_info.unique_id)
        elif name == "NodeFinished":
            node = nodes[event.data.node_info.unique_id] = _node(event.data)
            runs.ended(node.unique_id, node.status, node.message, node.line(), node.seconds)
        elif name in _SAID_BY_THE_PROJECT:
            logger.info("dbt says: %s", event.info.msg)
        elif event.info.level == "warn" and not name.startswith(_SAID_ALREADY):
            logger.warning("dbt warns: %s", event.info.msg)

    return listen


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


def _option(args: Sequence[str], option: str) -> str | None:
    """The value of an option, given as `--option value` or `--option=value`."""
    for place, text in enumerate(args):
        if text == option and place + 1 < len(args):
            return args[place + 1]
        if text.startswith(f"{option}="):
            return text.removeprefix(f"{option}=")
    return None
