"""Exceptions that decide whether a task is tried again.

Written by `migrate convert`; yours to edit.

    @task(retries=3, retry_condition_fn=may_retry)          # Failure(..., allow_retries=False) is final
    @task(retries=3, retry_condition_fn=retry_requested)    # only RetryRequested is tried again

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect import State, Task
from prefect.client.schemas.objects import TaskRun

from .validations import plain, run_logger


class Failure(Exception):
    """Ends the task with a description and facts about what went wrong, written to the run's log."""

    def __init__(
        self,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        allow_retries: bool | None = None,
    ) -> None:
        super().__init__(description or "")
        self.description = description
        self.metadata = dict(metadata or {})
        self.allow_retries = allow_retries is not False
        if self.metadata:
            run_logger().error("%s %s", description, {k: plain(v) for k, v in self.metadata.items()})


class RetryRequested(Exception):
    """Asks for another try. How often and after how long is said by the task's own options."""

    def __init__(self, max_retries: int = 1, seconds_to_wait: float | None = None) -> None:
        super().__init__(f"retry requested (at most {max_retries})")
        self.max_retries, self.seconds_to_wait = max_retries, seconds_to_wait


def may_retry(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> bool:
    """Whether what ended this try allows another one."""
    return getattr(state.result(raise_on_failure=False), "allow_retries", True) is not False


def retry_requested(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> bool:
    """Whether another try was asked for, and is still allowed by who asked."""
    raised = state.result(raise_on_failure=False)
    return isinstance(raised, RetryRequested) and task_run.run_count <= raised.max_retries
