"""Every way of starting a task, asked whether it is to run."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Task
from prefect.futures import PrefectFuture, PrefectFutureList

from .bridging import bridge
from .left_out import LeftOut, left_out
from .part import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .part import Part

ACTIVE: contextvars.ContextVar[tuple[Part, Any] | None] = contextvars.ContextVar("part", default=None)
"""The part that the running flow is cut down to; other flows of this process are left alone."""


@contextlib.contextmanager
def only(part: Part, flow: Any) -> Iterator[None]:
    """Let the flow's body start only the tasks of the part."""
    intercept()
    token = ACTIVE.set((part, flow))
    try:
        yield
    finally:
        ACTIVE.reset(token)


@functools.cache
def intercept() -> None:
    """Look at every way of starting a task, once a process; without an active part nothing changes."""
    for name in ("submit", "map", "__call__", "delay"):
        setattr(Task, name, starter(name, getattr(Task, name)))


def starter(name: str, kept: Any) -> Any:
    """A way of starting a task that asks the active part first."""

    @functools.wraps(kept)
    def started(task: Any, *args: Any, **given: Any) -> Any:
        active = ACTIVE.get()
        if active is None or getattr(task, "_of_a_bridge", False):
            return kept(task, *args, **given)
        part, flow = active
        choice = part.choice(task)
        if choice == "skip":
            return skipped(task, name, given)
        if "wait_for" in given:
            given["wait_for"] = [f for f in given["wait_for"] or () if not left_out(f)]
        if choice == "bridge":
            return part.noted(task, bridge(task, name, (args, given), flow, part))
        waits = {name: given.pop(name) for name in ("wait_for",) if name in given}
        args, given = filled(task, (args, given), part)
        return part.noted(task, kept(task, *args, **given, **waits))

    return started


def skipped(task: Any, how: str, given: dict[str, Any]) -> Any:
    """What the flow's body gets for a task that is not run here."""
    future = LeftOut(task)
    if how == "__call__":
        return future.state if given.get("return_state") else None
    if how == "map":
        return PrefectFutureList([future])
    return future.state if given.get("return_state") else future


def filled(task: Any, value: Any, part: Part) -> Any:
    """A task's arguments, with the values that were handed over in the place of those of tasks not run here.

    Raises:
        LookupError: it takes the value of a task that is not run, and nobody handed it over; names both.
    """
    if left_out(value):
        own = value if isinstance(value, LeftOut) else value.future
        for key in keys_of(own.task) & set(part.values):
            told = part.values[key]
            if own is value or told["output"] == value.name:
                return pickle.loads(Path(told["file"]).read_bytes())  # noqa: S301 - our own side's
        raise LookupError(
            f"{task.name} takes the value of {own.name}, which is not run here: run both in one part"
        )
    if isinstance(value, PrefectFuture):
        part.refuse_unread(task, value)
    if isinstance(value, dict):
        return {name: filled(task, inner, part) for name, inner in value.items()}
    if type(value) in (list, tuple, set):
        return type(value)(filled(task, inner, part) for inner in value)
    return value
