from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def hello() -> int:
    return 1


@flow(name="greeting", task_runner=ThreadPoolTaskRunner())
def greeting_job() -> State[Any]:
    hello_future = hello.submit()
    return settle(hello=hello_future)


@flow(name="farewell", task_runner=ThreadPoolTaskRunner())
def parting_job() -> State[Any]:
    hello_future = hello.submit()
    return settle(hello=hello_future)


@flow(name="by_night", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    hello_future = hello.submit()
    return settle(hello=hello_future)
