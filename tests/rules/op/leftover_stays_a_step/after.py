from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


@task(cache_policy=NO_CACHE)
def strange(value: int) -> int:
    raise NotImplementedError(
        "code.py:10: dagster.ExperimentalThing is not converted. Write by hand "
        "what Prefect has in its place."
    )


@flow(name="both", task_runner=ThreadPoolTaskRunner())
def both() -> State[Any]:
    one_future = one.submit()
    strange_future = strange.submit(one_future)
    return settle(one=one_future, strange=strange_future)
