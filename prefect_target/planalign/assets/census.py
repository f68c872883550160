"""The census: what HR hands over, before anything is simulated."""

import pandas as pd
from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from planalign.io_managers import ParquetStore
from planalign.resources import CensusFile, WorkforceDatabase
from prefect_support.io import store


# The key is the one that dbt/models/sources.yml gives to source('raw', 'census').
@materialize(
    Asset(
        key="asset://raw_census",
        properties=AssetProperties(
            name="raw_census",
            description="The census as HR delivered it, in the table raw.census.",
            owners=["team:people-analytics"],
        ),
    ),
    tags=["group:census", "kind:duckdb"],
    cache_policy=NO_CACHE,
)
def raw_census(database: WorkforceDatabase, census_file: CensusFile) -> None:
    with database.connect() as connection:
        rows = census_file.load_into(connection)
        active = connection.execute("select count(*) from raw.census where active").fetchone()[0]
    get_run_logger().info(f"{rows} people in the census, {active} of them active")
    add_asset_metadata(
        "asset://raw_census",
        {
            "rows": rows,
            "active": active,
            "file": census_file.path,
        },
    )


@materialize(
    Asset(
        key="asset://census_profile",
        properties=AssetProperties(
            name="census_profile",
            description="Headcount and pay of the active employees in the census, by level and department.",
        ),
    ),
    asset_deps=["asset://raw_census"],
    tags=["group:census", "kind:pandas", "audience:finance"],
    cache_policy=NO_CACHE,
)
def census_profile(database: WorkforceDatabase, parquet_store: ParquetStore) -> pd.DataFrame:
    """Headcount and pay of the active employees in the census, by level and department."""
    with database.connect(read_only=True) as connection:
        profile = connection.execute(
            """
            select
                level_id,
                department,
                count(*) as headcount,
                cast(sum(employee_annual_compensation) as double) as payroll,
                cast(median(employee_annual_compensation) as double) as median_compensation
            from raw.census
            where active
            group by level_id, department
            order by level_id, department
            """
        ).df()

    add_asset_metadata(
        "asset://census_profile",
        {
            "headcount": int(profile["headcount"].sum()),
            "payroll": float(profile["payroll"].sum()),
            "preview": profile.head(10).to_string(index=False),
        },
    )
    return store(parquet_store, "asset://census_profile", profile)
