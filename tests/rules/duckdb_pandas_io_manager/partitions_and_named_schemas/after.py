from typing import Annotated

import pandas as pd
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.duckdb_tables import DuckDBTables
from prefect_support.io import load, store
from prefect_support.time_windows import daily as prefect_daily


class OurTables:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:6: DuckDBPandasIOManager OurTables: a class on top of "
            "DuckDBPandasIOManager is not converted. Write it by hand, or ask for a "
            "rule."
        )


daily_partitions = prefect_daily("2026-01-01")
DailyPartitions = Annotated[str, daily_partitions]


@materialize(
    Asset(key="asset://daily", properties=AssetProperties(name="daily")),
    cache_policy=NO_CACHE,
)
def daily(io_manager: DuckDBTables, partition_key: str) -> pd.DataFrame:
    add_asset_metadata("asset://daily", {"partition_expr": "day"})
    return store(
        io_manager,
        "asset://daily",
        pd.DataFrame({"day": ["2026-01-01"]}),
        partition_key,
        metadata={"partition_expr": "day"},
        partitions=daily_partitions,
    )


@materialize(
    Asset(key="asset://named", properties=AssetProperties(name="named")),
    cache_policy=NO_CACHE,
)
def named(io_manager: DuckDBTables) -> pd.DataFrame:
    add_asset_metadata("asset://named", {"schema": "marts"})
    return store(
        io_manager, "asset://named", pd.DataFrame({"id": [1]}), metadata={"schema": "marts"}
    )


@materialize(
    Asset(key="asset://reading", properties=AssetProperties(name="reading")),
    asset_deps=["asset://named"],
    cache_policy=NO_CACHE,
)
def reading(io_manager: DuckDBTables) -> pd.DataFrame:
    named = load(io_manager, "asset://named", upstream={"schema": "marts"})
    return store(io_manager, "asset://reading", named)


def io_manager() -> DuckDBTables:
    return DuckDBTables(database="warehouse.duckdb")
