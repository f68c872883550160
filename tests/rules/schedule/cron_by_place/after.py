from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    one_future = one.submit()
    return settle(one=one_future)


@flow(name="often")
def often() -> int:
    return launch("often", _often, deployment="daily/daily")


def _often(_context: SensorContext) -> RunRequest:
    return RunRequest()
