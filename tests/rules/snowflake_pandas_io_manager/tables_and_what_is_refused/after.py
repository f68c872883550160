import os
from typing import Annotated

import pandas as pd
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import load, store
from prefect_support.snowflake_tables import SnowflakeTables
from prefect_support.time_windows import daily as prefect_daily


def tables() -> SnowflakeTables:
    return SnowflakeTables(
    database="DEMO", account=os.environ["SNOWFLAKE_ACCOUNT"], user="me", private_key=os.environ["KEY"], schema="raw"
)


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: SnowflakeTables) -> pd.DataFrame:
    return store(io_manager, "asset://orders", pd.DataFrame({"id": [1]}))


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def counted(io_manager: SnowflakeTables) -> None:
    orders = load(io_manager, "asset://orders")
    print(len(orders))


daily_partitions = prefect_daily("2026-01-01")
DailyPartitions = Annotated[str, daily_partitions]


@materialize(
    Asset(key="asset://daily", properties=AssetProperties(name="daily")),
    cache_policy=NO_CACHE,
)
def daily(io_manager: SnowflakeTables, partition_key: str) -> pd.DataFrame:
    add_asset_metadata("asset://daily", {"partition_expr": "day"})
    return store(
        io_manager,
        "asset://daily",
        pd.DataFrame(),
        partition_key,
        metadata={"partition_expr": "day"},
        partitions=daily_partitions,
    )
