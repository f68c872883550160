from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> list[int]:
    return [1]


@materialize(
    Asset(key="asset://count", properties=AssetProperties(name="count")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def count(orders: list[int]) -> int:
    return len(orders)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    orders_future = orders.submit()
    count_future = count.submit(orders_future)
    return settle(orders=orders_future, count=count_future)


def io_manager() -> Any:
    return None


def other() -> Any:
    return None
