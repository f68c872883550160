from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.pickled_files import PickledFiles


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(here: PickledFiles) -> list[int]:
    return store(here, "asset://orders", [1, 2])


@materialize(
    Asset(key="asset://total", properties=AssetProperties(name="total")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def total(io_manager: PickledFiles, here: PickledFiles) -> int:
    orders = load(here, "asset://orders")
    return store(io_manager, "asset://total", sum(orders))


def here() -> PickledFiles:
    return PickledFiles(base_dir="values")


def io_manager() -> PickledFiles:
    return PickledFiles()


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    here_resource = here()
    io_manager_resource = io_manager()

    orders_future = orders.submit(here_resource)
    total_future = total.submit(
        io_manager_resource, here_resource, wait_for=[orders_future]
    )
    return settle(orders=orders_future, total=total_future)
