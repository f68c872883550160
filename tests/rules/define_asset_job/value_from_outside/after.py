from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.pickled_files import PickledFiles


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return store(PickledFiles(), "asset://gold", 1)


@materialize(
    Asset(key="asset://wealth", properties=AssetProperties(name="wealth")),
    asset_deps=["asset://gold"],
    cache_policy=NO_CACHE,
)
def wealth(gold: int) -> int:
    return gold


@flow(name="only_wealth", task_runner=ThreadPoolTaskRunner())
def only_wealth() -> State[Any]:
    wealth_future = wealth.submit(load(PickledFiles(), "asset://gold"))
    return settle(wealth=wealth_future)
