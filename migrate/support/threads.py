"""A function for a thread of one's own, which knows the run it belongs to.

Written by `migrate convert`; yours to edit.

    with ThreadPoolExecutor() as pool:
        pool.map(in_run(fetch), pages)      # fetch logs to the run that started it

Prefect keeps the run in context variables, which a new thread does not have.

Upstream: https://docs.python.org/3/library/contextvars.html#contextvars.copy_context
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def in_run(function: Callable[P, R]) -> Callable[P, R]:
    """The function, which runs in the context of the place where this is called, in whatever thread."""
    around = copy_context()

    @wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        return around.copy().run(function, *args, **kwargs)

    return inside
