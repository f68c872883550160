"""Polling flows: look at the world, remember how far one got, start runs of deployments.

Written by `migrate convert`; yours to edit.

    @flow(name="new_files")
    def new_files() -> int:
        return launch("new_files", _new_files, deployment="load/load")

The cursor is kept in the Prefect Variable `cursor_<name>` (at most 5000 characters). A run request
with a run key starts at most one run, for as long as the deployment exists. The deployment of the
polling flow wants `concurrency_limit: 1`, so that two polls never overlap.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from prefect.deployments import run_deployment
from prefect.runtime import flow_run
from prefect.variables import Variable

from .validations import run_logger


@dataclass(frozen=True)
class RunRequest:
    """A run to start. `deployment` ("flow/deployment") overrides the poll's own."""

    run_key: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    deployment: str | None = None


@dataclass(frozen=True)
class SkipReason:
    """Nothing to start this time, and why."""

    message: str = ""


@dataclass
class SensorContext:
    """What the polling function may ask: how far the last poll got, and when this one was due."""

    cursor: str | None = None

    def update_cursor(self, cursor: str | None) -> None:
        """Remember this for the next poll; kept only if the poll ends without an error."""
        self.cursor = cursor

    @property
    def scheduled_execution_time(self) -> datetime:
        """When this run was due."""
        due: datetime = flow_run.scheduled_start_time
        return due

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The logger of the run."""
        return run_logger()


Wanted = RunRequest | SkipReason | Iterable[RunRequest | SkipReason] | None


def launch(name: str, poll: Callable[[SensorContext], Wanted], *, deployment: str) -> int:
    """Poll once and start what is asked for; return the number of run requests.

    Raises what `poll` raises, and then starts nothing and moves no cursor.
    """
    variable = "cursor_" + name
    cursor = Variable.get(variable)
    context = SensorContext(None if cursor is None else str(cursor))
    wanted = poll(context)
    single = wanted is None or isinstance(wanted, RunRequest | SkipReason)
    answers = [wanted] if single else list(wanted)  # type: ignore[arg-type]
    requests = [answer for answer in answers if isinstance(answer, RunRequest)]
    for answer in answers:
        if isinstance(answer, SkipReason):
            context.log.info("nothing to start: %s", answer.message)
    for request in requests:
        run_deployment(
            request.deployment or deployment,
            parameters=dict(request.parameters),
            tags=[f"{key}:{value}" for key, value in request.tags.items()],
            idempotency_key=f"{name}:{request.run_key}" if request.run_key else None,
            timeout=0,
            as_subflow=False,
        )
    if context.cursor is not None:
        Variable.set(variable, context.cursor, overwrite=True)
    return len(requests)
