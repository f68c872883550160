"""A flow's body, gone through without running a task."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Flow, Task
from prefect.futures import PrefectFutureList

from ..project import explain
from .environment import lenient
from .partitions import partition_choice
from .tokens import Handle, Partition, Token, leaves
from .trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def recorders(trace: Trace) -> Iterator[None]:
    """Replace every way of starting a task or a flow for the time of one trace."""

    def submit(task: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        handle = Handle(trace, {trace.record(task, (args, given), wait_for).number})
        return handle.state if return_state else handle

    def mapped(task: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        given.pop("deferred", None)
        return PrefectFutureList([submit(task, *args, return_state=return_state, wait_for=wait_for, **given)])

    def call(task: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        handle = submit(task, *args, wait_for=wait_for, **given)
        return handle.state if return_state else handle.result()

    def delay(task: Any, *args: Any, **given: Any) -> Any:
        return submit(task, *args, **given)

    def subflow(flow: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        return trace_nested(trace, flow, args, given, wait_for)

    replaced: list[tuple[Any, str, Any]] = [
        (Task, "submit", submit),
        (Task, "map", mapped),
        (Task, "__call__", call),
    ]
    replaced += [(Task, "delay", delay), (Flow, "__call__", subflow)]
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in replaced]
    try:
        for owner, name, function in replaced:
            setattr(owner, name, function)
        yield
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def trace_nested(trace: Trace, flow: Any, args: Any, given: dict[str, Any], waits: Any) -> Any:
    """Go through a subflow's body; what it hands back stems from what it returned, or from all it ran."""
    trace.nested.append(flow.name)
    outer, first, finished = trace.prefix, len(trace.calls), set(trace.finished)
    given_origins = {o for leaf in leaves(waits, 0) for o in getattr(leaf, "origins", ())}
    trace.prefix = f"{outer}{flow.name}."
    trace.finished |= given_origins

    def done(returned: Any) -> Token:
        ran = set(range(first, len(trace.calls)))
        origins = {o for leaf in leaves(returned, 0) for o in getattr(leaf, "origins", ())}
        trace.prefix, trace.finished = outer, finished | ran
        return Token(trace, origins or ran)

    async def later(body: Any) -> Token:
        return done(await body)

    returned = flow.fn(*args, **given)
    return later(returned) if inspect.iscoroutine(returned) else done(returned)


def trace_flow(flow: Any) -> Iterator[Trace]:
    """Every pass through a flow's body that its partitions and branches ask for."""
    from prefect.logging import disable_run_logger

    for key in (0, -1):
        answers = [True]
        for answer in answers:
            trace = Trace(answer, next(iter(partition_choice(flow).values()), None))
            try:
                with recorders(trace), disable_run_logger(), lenient():
                    returned = flow.fn(**arguments_for(flow, trace, key))
                    if inspect.iscoroutine(returned):
                        asyncio.run(_awaited(returned))
            except Exception as problem:  # the flow's own code may raise anything
                trace.problem = explain(problem, Path.cwd())
            if trace.branched and len(answers) == 1:
                answers.append(False)
            yield trace


async def _awaited(value: Any) -> Any:
    return await value


def arguments_for(flow: Any, trace: Trace, key: int) -> dict[str, Any]:
    """A value for each parameter: the first or last partition, else its default, else a token."""
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(flow.fn, eval_str=True).parameters.items():
        keys = partition_choice(flow).get(name)
        if keys:
            given[name] = Partition(keys[key])
            given[name].keys = tuple(keys)
        elif parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            missing = parameter.default is parameter.empty
            given[name] = Token(trace, set()) if missing else parameter.default
    return given
