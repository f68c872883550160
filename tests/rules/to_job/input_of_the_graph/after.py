from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def show(value: int) -> None:
    print(value)


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


@flow(name="shown", task_runner=ThreadPoolTaskRunner())
def work(value: int) -> State[Any]:
    show_future = show.submit(value)
    return settle(show=show_future)


@flow(name="five", task_runner=ThreadPoolTaskRunner())
def five() -> State[Any]:
    show_future = show.submit(5)
    return settle(show=show_future)


def of_pond(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:27: to_job of_pond: the graph's input value, which is no plain "
        "value. Wire the flow by hand."
    )


def loaded(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:28: to_job loaded: its config cannot be told by reading. Wire "
        "the flow by hand."
    )
