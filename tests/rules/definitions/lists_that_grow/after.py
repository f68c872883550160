from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://first", properties=AssetProperties(name="first")),
    cache_policy=NO_CACHE,
)
def first() -> int:
    return 1


@materialize(
    Asset(key="asset://second", properties=AssetProperties(name="second")),
    cache_policy=NO_CACHE,
)
def second() -> int:
    return 2


def also() -> int:
    return 3


@flow(name="every", task_runner=ThreadPoolTaskRunner())
def every() -> State[Any]:
    first_future = first.submit()
    second_future = second.submit()
    return settle(first=first_future, second=second_future)
