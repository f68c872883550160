import pandas as pd
from dagster import AssetIn, Definitions, asset, define_asset_job
from dagster_duckdb_pandas import DuckDBPandasIOManager

raw_tables = DuckDBPandasIOManager(database="warehouse.duckdb", schema="raw")


@asset(key_prefix="marts")
def orders() -> pd.DataFrame:
    return pd.DataFrame({"id": [1, 2]})


@asset(ins={"orders": AssetIn(["marts", "orders"])})
def counted(orders: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"rows": [len(orders)]})


defs = Definitions(
    assets=[orders, counted],
    jobs=[define_asset_job("everything")],
    resources={"io_manager": raw_tables},
)
