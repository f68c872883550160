import polars as pl
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.duckdb_polars import DuckDBPolarsTables
from prefect_support.io import load, store


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: DuckDBPolarsTables) -> pl.DataFrame:
    return store(io_manager, "asset://orders", pl.DataFrame({"id": [1]}))


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def counted(io_manager: DuckDBPolarsTables) -> pl.DataFrame:
    orders = load(io_manager, "asset://orders")
    return store(io_manager, "asset://counted", orders.head())


def tables() -> DuckDBPolarsTables:
    return DuckDBPolarsTables(database="b.duckdb")


def io_manager() -> DuckDBPolarsTables:
    return DuckDBPolarsTables(database="a.duckdb", schema="raw")
