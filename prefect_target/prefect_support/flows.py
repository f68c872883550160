"""How a flow ends: `settle` waits for every task and says what failed and what was skipped.

Written by `migrate convert`; yours to edit.

A task that fails does not stop the flow: tasks that wait for it are skipped (Prefect calls them
NotReady), all others run. The flow is Failed when any task failed; tasks that were skipped because
an optional output was not produced leave it Completed.

Upstream: https://docs.prefect.io/v3/concepts/states#final-state-determination
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from prefect import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed, Pending


def settle(**tasks: PrefectFuture[Any] | Iterable[PrefectFuture[Any]]) -> State[Any]:
    """Wait for all tasks, given by name; return the final state of the flow.

    A mapped task is given as its list of futures. The state's message names every failed and
    every skipped task, and why each failed.
    """
    states = {name: state for name, future in _named(tasks) if (state := _finished(future))}
    skipped = [name for name, state in states.items() if state.is_pending()]
    failed = {
        name: state for name, state in states.items() if not state.is_completed() and not state.is_pending()
    }
    reasons = [f"{name} ({_reason(state)})" for name, state in failed.items()]
    parts = [f"failed: {', '.join(reasons)}"] if reasons else []
    parts += [f"skipped: {', '.join(skipped)}"] if skipped else []
    message = "; ".join(parts) or f"all {len(states)} tasks completed"
    return Failed(message=message) if failed else Completed(message=message)


def output(future: PrefectFuture[Any], name: str | int) -> PrefectFuture[Any]:
    """One output of a task that returns several: pass it to another task as an argument.

    `name` is the key of the returned dictionary, or the place in the returned tuple. A key that is
    not there is an output that was not produced: the tasks that want it are skipped.
    """
    return _Output(future, name)


def items(future: PrefectFuture[Any]) -> list[PrefectFuture[Any]]:
    """Wait for a task that returns a list; return one future for each item, to run a task for each.

    When the task failed or was skipped, this is a list of that one future: what is run for it is skipped.
    """
    future.wait()
    if not future.state.is_completed():
        return [future]
    return [output(future, place) for place in range(len(future.result()))]


class _Output(PrefectFuture[Any]):
    def __init__(self, future: PrefectFuture[Any], name: str | int) -> None:
        self.future, self.name = future, name

    @property
    def task_run_id(self) -> UUID:
        run_id: UUID = self.future.task_run_id
        return run_id

    @property
    def state(self) -> State[Any]:
        state = self.future.state
        if not state.is_completed():
            return state
        returned = self.future.result()
        if isinstance(self.name, str) and self.name not in returned:
            return Pending(name="NotProduced")  # whoever waits for it is skipped
        picked = state.data.model_copy(update={"result": returned[self.name]})
        return state.model_copy(update={"data": picked})

    def wait(self, timeout: float | None = None) -> None:
        self.future.wait(timeout)

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        returned = self.future.result(timeout, raise_on_failure)
        return returned if isinstance(returned, BaseException) else returned[self.name]

    def add_done_callback(self, fn: Callable[[PrefectFuture[Any]], None]) -> None:
        self.future.add_done_callback(fn)


def _named(
    tasks: dict[str, PrefectFuture[Any] | Iterable[PrefectFuture[Any]]],
) -> Iterable[tuple[str, PrefectFuture[Any]]]:
    for name, task in tasks.items():
        if isinstance(task, Iterable):
            yield from ((f"{name}[{place}]", future) for place, future in enumerate(task))
        else:
            yield name, task


def _finished(future: PrefectFuture[Any]) -> State[Any]:
    future.wait()
    return future.state


def _reason(state: State[Any]) -> str:
    message = str(state.message or state.name).removeprefix("Task run encountered an exception ")
    text = " ".join(message.split())
    return text if len(text) <= 300 else text[:300] + "…"
