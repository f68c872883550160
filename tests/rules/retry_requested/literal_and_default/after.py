from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.failures import RetryRequested, retry_requested
from prefect_support.flows import settle


@task(
    retries=3,
    retry_delay_seconds=0.5,
    retry_condition_fn=retry_requested,
    cache_policy=NO_CACHE,
)
def call() -> int:
    try:
        return int(open("/pond").read())
    except OSError as problem:
        raise RetryRequested(max_retries=3, seconds_to_wait=0.5) from problem


@task(retries=1, retry_condition_fn=retry_requested, cache_policy=NO_CACHE)
def once(value: int) -> int:
    if (task_run.run_count - 1) == 0:
        raise RetryRequested
    return value


@flow(name="flock", task_runner=ThreadPoolTaskRunner())
def flock() -> State[Any]:
    call_future = call.submit()
    once_future = once.submit(call_future)
    return settle(call=call_future, once=once_future)
