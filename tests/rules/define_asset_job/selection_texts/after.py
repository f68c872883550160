from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.asset_edges import needs
from prefect_support.flows import settle


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    tags=["group:raw", "tier:one"],
    cache_policy=NO_CACHE,
)
def orders() -> None:
    ...


@materialize(
    Asset(
        key="asset://revenue",
        properties=AssetProperties(name="revenue", owners=["team:sales"]),
    ),
    asset_deps=["asset://orders"],
    tags=["kind:python"],
    cache_policy=NO_CACHE,
)
def revenue() -> None:
    ...


@needs({"asset://north": ["asset://revenue"], "asset://south": []})
@materialize(
    Asset(key="asset://north", properties=AssetProperties(name="north")),
    Asset(key="asset://south", properties=AssetProperties(name="south")),
    asset_deps=["asset://revenue"],
    cache_policy=NO_CACHE,
)
def regions() -> None:
    ...


@flow(name="gold_job", task_runner=ThreadPoolTaskRunner())
def gold_job() -> State[Any]:
    orders_future = orders.submit()
    revenue_future = revenue.submit(wait_for=[orders_future])
    return settle(orders=orders_future, revenue=revenue_future)


@flow(name="ends_job", task_runner=ThreadPoolTaskRunner())
def ends_job() -> State[Any]:
    regions_future = regions.submit()
    return settle(regions=regions_future)


def half_job(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:20: define_asset_job half_job: its selection is 1 of the 2 "
        "assets that regions makes, and a task makes all of them. Write the "
        "flow by hand."
    )


def column_job(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:21: define_asset_job column_job: its selection cannot be "
        "resolved by reading: `column:` asks for what only a running Dagster "
        "knows. Write the flow by hand."
    )


def lost_job(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:22: define_asset_job lost_job: its selection cannot be "
        "resolved by reading: nothing that was read makes elsewhere. Write the "
        "flow by hand."
    )
