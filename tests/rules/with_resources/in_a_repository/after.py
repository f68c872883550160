"""Resources bound to assets where a repository lists them: built in place, and held by a variable."""

from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load as prefect_load, store


def warehouse(url: str):
    return {"url": url}


def letters():
    return ["a", "b"]


class Drawer:
    """Keeps values in a dictionary."""

    def __init__(self):
        self.values = {}

    def handle_output(self, context, obj):
        self.values[context.asset_key.path[-1]] = obj

    def load_input(self, context):
        return self.values[context.asset_key.path[-1]]


DRAWER = Drawer()


def drawer():
    return DRAWER


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(warehouse: Any, letters: Any, io_manager: Any):
    return store(io_manager, "asset://orders", [warehouse["url"], *letters])


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def counted(io_manager: Any):
    orders = prefect_load(io_manager, "asset://orders")
    return store(io_manager, "asset://counted", len(orders))


@flow(name="load", task_runner=ThreadPoolTaskRunner())
def load() -> State[Any]:
    warehouse_resource_ = warehouse_resource()
    letters_resource = letters()
    io_manager = drawer()

    orders_future = orders.submit(warehouse_resource_, letters_resource, io_manager)
    counted_future = counted.submit(io_manager, wait_for=[orders_future])
    return settle(orders=orders_future, counted=counted_future)


def warehouse_resource() -> Any:
    return warehouse(url="duck")
