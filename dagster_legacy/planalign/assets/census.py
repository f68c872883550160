"""The census: what HR hands over, before anything is simulated."""

import dagster as dg
import pandas as pd

from planalign.resources import CensusFile, WorkforceDatabase


# The key is the one that dbt/models/sources.yml gives to source('raw', 'census').
@dg.asset(
    key=dg.AssetKey("raw_census"),
    group_name="census",
    compute_kind="duckdb",
    owners=["team:people-analytics"],
    description="The census as HR delivered it, in the table raw.census.",
)
def raw_census(
    context: dg.AssetExecutionContext, database: WorkforceDatabase, census_file: CensusFile
) -> dg.MaterializeResult:
    with database.connect() as connection:
        rows = census_file.load_into(connection)
        active = connection.execute("select count(*) from raw.census where active").fetchone()[0]
    context.log.info(f"{rows} people in the census, {active} of them active")
    return dg.MaterializeResult(
        metadata={
            "rows": rows,
            "active": active,
            "file": dg.MetadataValue.path(census_file.path),
        }
    )


@dg.asset(
    deps=[raw_census],
    group_name="census",
    compute_kind="pandas",
    io_manager_key="parquet_store",
    tags={"audience": "finance"},
)
def census_profile(context: dg.AssetExecutionContext, database: WorkforceDatabase) -> pd.DataFrame:
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

    context.add_output_metadata(
        {
            "headcount": int(profile["headcount"].sum()),
            "payroll": float(profile["payroll"].sum()),
            "preview": dg.MetadataValue.md(profile.head(10).to_string(index=False)),
        }
    )
    return profile
