"""Resources with a life cycle: opened when a flow run starts, closed when it ends.

Written by `migrate convert`; yours to edit.

    with running(database, store):
        ...submit tasks...
        return settle(...)

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pydantic import BaseModel


@contextmanager
def running(*resources: Any) -> Iterator[None]:
    """Open each resource in the given order, close them in reverse, also when the flow fails.

    A resource takes part with `yield_for_execution()` (a context manager), or with
    `setup_for_execution()` and `teardown_after_execution()`; one without any is left alone. A resource
    that another one holds is opened before it.
    """
    with ExitStack() as stack:
        opened: set[int] = set()
        for resource in resources:
            for one in [*_within(resource), resource]:
                if id(one) not in opened:
                    opened.add(id(one))
                    _open(stack, one)
        yield


def _within(resource: Any) -> Iterator[Any]:
    """The resources in the fields of a resource, innermost first."""
    for name in getattr(type(resource), "model_fields", ()):
        value = getattr(resource, name)
        if isinstance(value, BaseModel):
            yield from _within(value)
            yield value


def _open(stack: ExitStack, resource: Any) -> None:
    if hasattr(resource, "yield_for_execution"):
        stack.enter_context(resource.yield_for_execution())
        return
    if hasattr(resource, "setup_for_execution"):
        resource.setup_for_execution()
    if hasattr(resource, "teardown_after_execution"):
        stack.callback(resource.teardown_after_execution)
