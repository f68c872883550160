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


@contextmanager
def running(*resources: Any) -> Iterator[None]:
    """Open each resource in the given order, close them in reverse, also when the flow fails.

    A resource takes part with `yield_for_execution()` (a context manager), or with
    `setup_for_execution()` and `teardown_after_execution()`; one without any is left alone.
    """
    with ExitStack() as stack:
        for resource in resources:
            if hasattr(resource, "yield_for_execution"):
                stack.enter_context(resource.yield_for_execution())
                continue
            if hasattr(resource, "setup_for_execution"):
                resource.setup_for_execution()
            if hasattr(resource, "teardown_after_execution"):
                stack.callback(resource.teardown_after_execution)
        yield
