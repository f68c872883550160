from typing import Annotated

import dlt
from dlt.sources.sql_database import sql_database
from elsewhere import foreign_source
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.dlt_sources import DltRunner, dlt_source
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]


@dlt_source(
    sql_database().with_resources("users", "orders"),
    dlt.pipeline("db", destination="duckdb"),
)
def database_assets(dlt: DltRunner, partition_key: str) -> None:
    dlt.run(dlt_source=sql_database(schema=partition_key), write_disposition="append")


@dlt_source(foreign_source(), dlt.pipeline("other", destination="duckdb"))
def foreign_assets(dlt: DltRunner) -> None:
    dlt.run()


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://dlt_foreign_x"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    print("report")


def dlt_resource() -> DltRunner:
    return DltRunner()
