import pandas as pd
from dagster import DailyPartitionsDefinition, Definitions, asset
from dagster_duckdb_pandas import DuckDBPandasIOManager


class OurTables(DuckDBPandasIOManager):
    pass


@asset(partitions_def=DailyPartitionsDefinition("2026-01-01"), metadata={"partition_expr": "day"})
def daily() -> pd.DataFrame:
    return pd.DataFrame({"day": ["2026-01-01"]})


@asset(metadata={"schema": "marts"})
def named() -> pd.DataFrame:
    return pd.DataFrame({"id": [1]})


@asset
def reading(named: pd.DataFrame) -> pd.DataFrame:
    return named


defs = Definitions(
    assets=[daily, named, reading],
    resources={"io_manager": DuckDBPandasIOManager(database="warehouse.duckdb")},
)
