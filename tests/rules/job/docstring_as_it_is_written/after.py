from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def one():
    return 1


@flow(name="steps", task_runner=ThreadPoolTaskRunner())
def steps() -> State[Any]:
    r"""One step.

    With a pattern, \d+, and "quotes".
    """
    one_future = one.submit()
    return settle(one=one_future)


@flow(name="short", task_runner=ThreadPoolTaskRunner())
def short() -> State[Any]:
    'One "line".'
    one_future = one.submit()
    return settle(one=one_future)
