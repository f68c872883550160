from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import output, settle


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> list[int]:
    return [4, 5, 6]


@materialize(
    Asset(key="asset://first", properties=AssetProperties(name="first")),
    Asset(key="asset://last", properties=AssetProperties(name="last")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def ends(orders: list[int]) -> dict[str, Any]:
    add_asset_metadata("asset://first", {"rows": len(orders)})
    return {"last": orders[-1], "first": orders[0]}


@materialize(
    Asset(key="asset://span", properties=AssetProperties(name="span")),
    asset_deps=["asset://first", "asset://last"],
    cache_policy=NO_CACHE,
)
def span(first: int, last: int) -> int:
    return last - first


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    orders_future = orders.submit()
    ends_future = ends.submit(orders_future)
    span_future = span.submit(output(ends_future, "first"), output(ends_future, "last"))
    return settle(orders=orders_future, ends=ends_future, span=span_future)
