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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments import run_deployment
from prefect.runtime import flow_run
from prefect.states import StateType
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


class KeySet(Protocol):
    """Partitions whose keys come and go."""

    def add(self, keys: Iterable[str]) -> None:
        """Add keys."""

    def delete(self, *keys: str) -> None:
        """Delete keys."""


@dataclass(frozen=True)
class AddPartitions:
    """Keys to add before any run is started."""

    partitions: KeySet
    keys: Sequence[str]

    def apply(self) -> None:
        """Add them."""
        self.partitions.add(self.keys)


@dataclass(frozen=True)
class DeletePartitions:
    """Keys to delete before any run is started."""

    partitions: KeySet
    keys: Sequence[str]

    def apply(self) -> None:
        """Delete them."""
        self.partitions.delete(*self.keys)


@dataclass(frozen=True)
class SensorResult:
    """Everything a poll may answer at once."""

    run_requests: Sequence[RunRequest] | None = None
    skip_reason: SkipReason | str | None = None
    cursor: str | None = None
    dynamic_partitions_requests: Sequence[AddPartitions | DeletePartitions] | None = None
    asset_events: Sequence[None] = ()
    """What was told of assets by the calls that stand here: they are events by now."""


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
    def last_completion_time(self) -> float | None:
        """When a run of this flow was last completed, in seconds since 1970; None before the first."""
        ran = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.COMPLETED])))
        own = FlowFilter(name=FlowFilterName(any_=[str(flow_run.flow_name)]))
        with get_client(sync_client=True) as client:
            found = client.read_flow_runs(
                flow_filter=own, flow_run_filter=ran, sort=FlowRunSort.END_TIME_DESC, limit=1
            )
        return found[0].end_time.timestamp() if found and found[0].end_time else None

    @property
    def last_tick_completion_time(self) -> float | None:
        """The same."""
        return self.last_completion_time

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The logger of the run."""
        return run_logger()


Answer = RunRequest | SkipReason | SensorResult
Wanted = Answer | Iterable[Answer] | Mapping[str, Any] | None
"""A mapping is the configuration of one run, as a schedule may answer."""


def launch(name: str, poll: Callable[[SensorContext], Wanted], *, deployment: str = "") -> int:
    """Poll once and start what is asked for; return the number of run requests.

    Raises what `poll` raises, and then starts nothing and moves no cursor; ValueError for a request that
    names no deployment when the poll has none of its own.
    """
    variable = "cursor_" + name
    cursor = Variable.get(variable)
    context = SensorContext(None if cursor is None else str(cursor))
    requests = _requests(context, poll(context))
    for request in requests:
        if not (request.deployment or deployment):
            raise ValueError(f"{name} asks for a run and names no deployment")
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


def react(name: str, answer: Callable[[SensorContext], Wanted], *, deployment: str = "") -> int:
    """Like `launch`, for a flow that an event starts: the cursor is the event's own run, and is not kept."""
    return launch(name, lambda _: answer(SensorContext(str(flow_run.id))), deployment=deployment)


def parameters_of(
    run_config: Mapping[str, Any], without: Sequence[str] = (), called: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Flow parameters of a configuration by op: `{"ops": {"x": {"config": {…}}}}` is `{"x_config": {…}}`.

    A value of an input is `x_` and the input's name. Those of resources are parameters of the same form, but
    for those `without` which the flow does. `called` has other names of steps than those of their parameters.
    """
    found = {}
    resources = {k: v for k, v in run_config.get("resources", {}).items() if k not in without}
    for step, config in {**resources, **run_config.get("ops", {})}.items():
        name = (called or {}).get(step, step)
        if not isinstance(config, Mapping):
            found[f"{name}_config"] = config.model_dump()
            continue
        if "config" in config:
            found[f"{name}_config"] = config["config"]
        for given, value in config.get("inputs", {}).items():
            single = isinstance(value, Mapping) and set(value) == {"value"}
            found[f"{name}_{given}"] = value["value"] if single else value
    return found


def _requests(context: SensorContext, wanted: Wanted) -> list[RunRequest]:
    """The run requests of an answer; all else it says is done or logged."""
    if wanted is None:
        return []
    if isinstance(wanted, Mapping):
        return [RunRequest(parameters=parameters_of(wanted))]
    found: list[RunRequest] = []
    for answer in [wanted] if isinstance(wanted, RunRequest | SkipReason | SensorResult) else wanted:
        if isinstance(answer, RunRequest):
            found.append(answer)
        elif isinstance(answer, SkipReason):
            context.log.info("nothing to start: %s", answer.message)
        else:
            for change in answer.dynamic_partitions_requests or ():
                change.apply()
            found += answer.run_requests or ()
            if answer.skip_reason:
                context.log.info(
                    "nothing to start: %s", getattr(answer.skip_reason, "message", answer.skip_reason)
                )
            if answer.cursor is not None:
                context.update_cursor(answer.cursor)
    return found
