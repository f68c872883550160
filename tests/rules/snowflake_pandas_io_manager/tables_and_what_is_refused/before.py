import dagster as dg
import pandas as pd
from dagster_snowflake_pandas import SnowflakePandasIOManager

tables = SnowflakePandasIOManager(
    database="DEMO", account=dg.EnvVar("SNOWFLAKE_ACCOUNT"), user="me", private_key=dg.EnvVar("KEY"), schema="raw"
)


@dg.asset
def orders() -> pd.DataFrame:
    return pd.DataFrame({"id": [1]})


@dg.asset(io_manager_key="io_manager")
def counted(orders: pd.DataFrame) -> None:
    print(len(orders))


@dg.asset(partitions_def=dg.DailyPartitionsDefinition("2026-01-01"), metadata={"partition_expr": "day"})
def daily() -> pd.DataFrame:
    return pd.DataFrame()


defs = dg.Definitions(assets=[orders, counted, daily], resources={"io_manager": tables})
