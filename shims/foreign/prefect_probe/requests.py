"""What a deployment asks for at each of its ticks."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

from ..project import SUPPORT
from ..year import moment_of
from .values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator


def run_requests(
    flow: Any, about: dict[str, Any], deployment: dict[str, Any], moments: list[str]
) -> dict[str, Any] | None:
    """Moment → the runs asked for then: partition and configuration; None when that cannot be asked."""
    if about["flow"] == about["job"]:
        return {moment: [request(deployment.get("parameters") or {})] for moment in moments}
    due = due_partitions(flow, moments)
    if due is not None:
        return due
    launch = flow.fn.__globals__.get("launch")
    if not getattr(launch, "__module__", "").endswith(f"{SUPPORT}.sensors"):
        return None
    polls: list[Any] = []

    def recorder(name: str, poll: Any, *, deployment: str) -> int:
        polls.append(poll)
        return 0

    flow.fn.__globals__["launch"] = recorder
    try:
        flow.fn()
    finally:
        flow.fn.__globals__["launch"] = launch
    return {moment: answer_of(polls[0], moment, sys.modules[launch.__module__]) for moment in moments}


def due_partitions(flow: Any, moments: list[str]) -> dict[str, Any] | None:
    """Moment → a run for each partition that is due then; None for a flow that starts no partitions."""
    start_due = flow.fn.__globals__.get("start_due")
    if "start_due" not in inspect.unwrap(flow.fn).__code__.co_names:
        return None
    if not getattr(start_due, "__module__", "").endswith(f"{SUPPORT}.partition_runs"):
        return None
    given: list[Any] = []

    def recorder(name: str, partitions: Any, *, deployment: str) -> int:
        given.append(partitions)
        return 0

    flow.fn.__globals__["start_due"] = recorder
    try:
        flow.fn()
    finally:
        flow.fn.__globals__["start_due"] = start_due
    due = sys.modules[start_due.__module__].due
    return {
        moment: [request({"partition_key": key}) for key in due(given[0], moment_of(moment))]
        for moment in moments
    }


def answer_of(poll: Any, moment: str, sensors: Any) -> Any:
    """What a polling function asks for when its run was due at a moment."""
    from prefect.runtime import flow_run

    # As in a run, where it is always UTC; an attribute of the module hides what it would look up.
    flow_run.scheduled_start_time = moment_of(moment)
    try:
        wanted = poll(sensors.SensorContext())
        if isinstance(wanted, dict):  # a run's configuration
            return [request(sensors.parameters_of(wanted))]
        answers = list(wanted) if inspect.isgenerator(wanted) or isinstance(wanted, list) else [wanted]
        return [request(a.parameters) for a in answers if isinstance(a, sensors.RunRequest)]
    except Exception as problem:  # a poll's own code may raise anything
        return f"error: {type(problem).__name__}: {problem}"
    finally:
        del flow_run.scheduled_start_time


def request(parameters: Any) -> dict[str, Any]:
    """The parameters of one run, told apart into the partition and the configuration."""
    rest = {name: value for name, value in parameters.items() if name != "partition_key"}
    return {"partition": parameters.get("partition_key"), "config": dict(flattened("", rest))}


def flattened(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """("op.field", value) of a deployment's parameters; the `_config` of a parameter's name is dropped."""
    if not isinstance(value, dict):
        yield name, plain(value)
        return
    for key, inner in value.items():
        yield from flattened(f"{name}.{key}" if name else str(key).removesuffix("_config"), inner)
