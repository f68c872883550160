from typing import Any

import pandas as pd
from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.duckdb_tables import DuckDBTables
from prefect_support.flows import settle
from prefect_support.io import load, store


def raw_tables() -> DuckDBTables:
    return DuckDBTables(database="warehouse.duckdb", schema="raw")


@materialize(
    Asset(key="asset://marts/orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: DuckDBTables) -> pd.DataFrame:
    return store(io_manager, "asset://marts/orders", pd.DataFrame({"id": [1, 2]}))


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    asset_deps=["asset://marts/orders"],
    cache_policy=NO_CACHE,
)
def counted(io_manager: DuckDBTables) -> pd.DataFrame:
    orders = load(io_manager, "asset://marts/orders")
    return store(
        io_manager, "asset://counted", pd.DataFrame({"rows": [len(orders)]})
    )


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    io_manager = raw_tables()

    orders_future = orders.submit(io_manager)
    counted_future = counted.submit(io_manager, wait_for=[orders_future])
    return settle(orders=orders_future, counted=counted_future)
