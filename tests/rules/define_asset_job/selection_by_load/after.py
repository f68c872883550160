from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return 1


@materialize(
    Asset(key="asset://two", properties=AssetProperties(name="two")),
    asset_deps=["asset://one"],
    cache_policy=NO_CACHE,
)
def two(one: int) -> int:
    return one


@flow(name="both", task_runner=ThreadPoolTaskRunner())
def job() -> State[Any]:
    one_future = one.submit()
    two_future = two.submit(one_future)
    return settle(one=one_future, two=two_future)
