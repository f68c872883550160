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
def orders():
    return 1


@flow(name="refresh", task_runner=ThreadPoolTaskRunner())
def refresh() -> State[Any]:
    orders_future = orders.submit()
    return settle(orders=orders_future)
