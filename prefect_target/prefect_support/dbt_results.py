"""What a dbt call did: its nodes, its verdicts, and the error when it failed.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.getdbt.com/reference/artifacts/run-results-json
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .validations import CheckRecord


def nodes_shown() -> bool:
    """Whether each node is told to the server; DBT_NODES_SHOWN=no leaves the log lines."""
    return os.environ.get("DBT_NODES_SHOWN") != "no"


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
    target_path: Path = Path("target")
    """The folder in which dbt left the artifacts of this call."""

    def wait(self) -> DbtInvocation:
        """This call has ended already; here so that a chain of calls reads as before."""
        return self

    def is_successful(self) -> bool:
        """Whether dbt would have ended with exit code 0."""
        return self.success

    def get_artifact(self, name: str) -> dict[str, Any]:
        """`run_results.json` of this call, as dbt writes it (with all of its retries), as a dictionary."""
        if name == "run_results.json":
            from dbt.artifacts.schemas.run import RunResultsArtifact

            told = {
                key: getattr(self.result, key, None)
                for key in ("results", "elapsed_time", "generated_at", "args")
            }
            written = (
                self.result if None in told.values() else RunResultsArtifact.from_execution_results(**told)
            )
            artifact: dict[str, Any] = json.loads(json.dumps(written.to_dict(), default=str))
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
