from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import MagicMock

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


class Pond:
    def __init__(self, name: str, ducks: int = 0) -> None:
        self.name, self.ducks = name, ducks


def pond(name: str):
    return Pond(name)


@contextmanager
def gate() -> Iterator[Any]:
    yield "open"


@task(cache_policy=NO_CACHE)
def feed(pond: Any, gate: Any, guard: Any) -> str:
    return f"{pond.name} {gate}"


SHARED = {"gate": gate, "guard": MagicMock()}


@flow(name="north", task_runner=ThreadPoolTaskRunner())
def north() -> State[Any]:
    pond_resource = pond(name="north")
    guard_resource = MagicMock()

    with gate() as gate_resource:
        feed_future = feed.submit(pond_resource, gate_resource, guard_resource)
        return settle(feed=feed_future)


@flow(name="south", task_runner=ThreadPoolTaskRunner())
def south() -> State[Any]:
    pond_resource = pond(name="south")
    guard_resource = MagicMock()

    with gate() as gate_resource:
        feed_future = feed.submit(pond_resource, gate_resource, guard_resource)
        return settle(feed=feed_future)


@flow(name="any_pond", task_runner=ThreadPoolTaskRunner())
def any_pond(pond_config: dict[str, Any] | None = None) -> State[Any]:
    """The run says which."""
    pond_resource = pond(**(pond_config or {}))
    guard_resource = MagicMock()

    with gate() as gate_resource:
        feed_future = feed.submit(pond_resource, gate_resource, guard_resource)
        return settle(feed=feed_future)
