from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.pickled_files import PickledFiles


class Named(PickledFiles):
    label: str = ""


@materialize(
    Asset(key="asset://marts/orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: PickledFiles) -> list[int]:
    return store(io_manager, "asset://marts/orders", [1])


@materialize(
    Asset(key="asset://briefly", properties=AssetProperties(name="briefly")),
    cache_policy=NO_CACHE,
)
def briefly() -> int:
    return 1


@materialize(
    Asset(key="asset://count", properties=AssetProperties(name="count")),
    asset_deps=["asset://marts/orders", "asset://briefly"],
    cache_policy=NO_CACHE,
)
def count(io_manager: PickledFiles, briefly: int) -> None:
    orders = load(io_manager, "asset://marts/orders")
    print(len(orders), briefly)


def other() -> PickledFiles:
    return PickledFiles()


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    io_manager_resource = io_manager()

    orders_future = orders.submit(io_manager_resource)
    briefly_future = briefly.submit()
    count_future = count.submit(
        io_manager_resource, briefly_future, wait_for=[orders_future]
    )
    return settle(orders=orders_future, briefly=briefly_future, count=count_future)


def io_manager() -> PickledFiles:
    return PickledFiles(base_dir="/data")


def named() -> Named:
    return Named(base_dir="/named")


def memory() -> Any:
    return None
