"""What stands for tasks that are not run here."""

# mypy: allow-subclassing-any
from __future__ import annotations

import uuid
from typing import Any

from prefect.futures import PrefectFuture
from prefect.states import Completed


class LeftOut(PrefectFuture[Any]):
    """The future of a task that is not run here: completed long ago, by somebody else."""

    def __init__(self, task: Any) -> None:
        self.name, self.task, self._task_run_id = task.name, task, uuid.uuid4()
        self._final_state = Completed()

    @property
    def task_run_id(self) -> uuid.UUID:
        """An id of its own, known to no server."""
        return self._task_run_id

    @property
    def state(self) -> Any:
        """Completed, with nothing in it."""
        return self._final_state

    def wait(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""
        return

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """Nothing: whoever needs the value is told so where it is passed on."""
        return None

    def add_done_callback(self, fn: Any) -> None:
        """Done already."""
        fn(self)


def left_out(value: Any) -> bool:
    """Whether a future is of a task that is not run, or one output of it."""
    return isinstance(value, LeftOut) or isinstance(getattr(value, "future", None), LeftOut)
