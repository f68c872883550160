from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def careful() -> int:
    try:
        raise RuntimeError("not so")
    except RuntimeError as problem:
        raise RuntimeError(f"stopped: {problem}") from problem


@flow(name="all_of_it", task_runner=ThreadPoolTaskRunner())
def all_of_it() -> State[Any]:
    careful_future = careful.submit()
    return settle(careful=careful_future)
