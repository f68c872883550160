from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.pickled_files import PickledFiles


@materialize(
    Asset(key="asset://raw/orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> list[int]:
    return store(PickledFiles(), "asset://raw/orders", [1, 2])


@materialize(
    Asset(key="asset://large", properties=AssetProperties(name="large")),
    Asset(key="asset://small", properties=AssetProperties(name="small")),
    asset_deps=["asset://raw/orders"],
    cache_policy=NO_CACHE,
)
def sizes(orders: list[int]) -> dict[str, Any]:
    return {
        "large": store(PickledFiles(), "asset://large", [o for o in orders if o > 1]),
        "small": [o for o in orders if o < 2],
    }


@materialize(
    Asset(
        key="asset://report",
        properties=AssetProperties(
            name="report", description="Needs what the first job makes."
        ),
    ),
    asset_deps=["asset://raw/orders", "asset://large"],
    cache_policy=NO_CACHE,
)
def report(orders: list[int], large: list[int]) -> int:
    """Needs what the first job makes."""
    return len(orders) + len(large)


@materialize(
    Asset(key="asset://printed", properties=AssetProperties(name="printed")),
    asset_deps=["asset://report"],
    cache_policy=NO_CACHE,
)
def printed(report: int) -> None:
    print(report)


@flow(name="made", task_runner=ThreadPoolTaskRunner())
def made() -> State[Any]:
    orders_future = orders.submit()
    sizes_future = sizes.submit(orders_future)
    return settle(orders=orders_future, sizes=sizes_future)


@flow(name="reported", task_runner=ThreadPoolTaskRunner())
def reported() -> State[Any]:
    report_future = report.submit(
        load(PickledFiles(), "asset://raw/orders"),
        load(PickledFiles(), "asset://large"),
    )
    printed_future = printed.submit(report_future)
    return settle(report=report_future, printed=printed_future)
