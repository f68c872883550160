"""What goes to finance: small tables made of the marts."""

import pandas as pd
from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetOut,
    Backoff,
    Jitter,
    MetadataValue,
    Output,
    RetryPolicy,
    asset,
    multi_asset,
)
from dagster_dbt import get_asset_key_for_model

from planalign.assets.transformations import workforce_models
from planalign.partitions import simulation_years
from planalign.resources import WorkforceDatabase

# The BI tool sometimes holds the database for a second or two.
wait_for_the_file = RetryPolicy(max_retries=3, delay=1, backoff=Backoff.EXPONENTIAL, jitter=Jitter.PLUS_MINUS)


@asset(
    deps=[AssetKey("fct_workforce_snapshot")],
    partitions_def=simulation_years,
    group_name="reporting",
    io_manager_key="parquet_store",
    retry_policy=wait_for_the_file,
)
def workforce_summary(
    context: AssetExecutionContext, database: WorkforceDatabase, census_profile: pd.DataFrame
) -> pd.DataFrame:
    """Headcount and pay at the end of one simulated year, by level, beside the census."""
    year = int(context.partition_key)
    with database.connect(read_only=True) as connection:
        summary = connection.execute(
            """
            select
                simulation_year,
                level_id,
                count(*) filter (where employment_status = 'active') as active,
                count(*) filter (where employment_status = 'terminated') as terminated,
                cast(avg(current_compensation) filter (where employment_status = 'active') as double)
                    as average_compensation,
                avg(current_age) filter (where employment_status = 'active') as average_age
            from fct_workforce_snapshot
            where simulation_year = ?
            group by simulation_year, level_id
            order by level_id
            """,
            [year],
        ).df()

    at_census = census_profile.groupby("level_id", as_index=False)["headcount"].sum()
    summary = summary.merge(
        at_census.rename(columns={"headcount": "census_headcount"}), on="level_id", how="left"
    )

    context.add_output_metadata(
        {
            "active": int(summary["active"].sum()),
            "terminated": int(summary["terminated"].sum()),
            "preview": MetadataValue.md(summary.to_string(index=False)),
        }
    )
    context.log.info(f"{year}: {int(summary['active'].sum())} active at the end of the year")
    return summary


@multi_asset(
    name="compensation_reports",
    outs={
        "compensation_bands": AssetOut(
            description="Quartiles of pay by level, and how much of the band they use.",
            io_manager_key="parquet_store",
        ),
        "growth_report": AssetOut(
            description="Growth of headcount and pay in one year, against the target.",
            io_manager_key="parquet_store",
        ),
    },
    deps=[
        get_asset_key_for_model([workforce_models], "dim_job_levels"),
        get_asset_key_for_model([workforce_models], "fct_compensation_growth"),
        get_asset_key_for_model([workforce_models], "mon_growth_vs_target"),
    ],
    partitions_def=simulation_years,
    group_name="reporting",
)
def compensation_reports(
    context: AssetExecutionContext, database: WorkforceDatabase, workforce_summary: pd.DataFrame
):
    year = int(context.partition_key)
    with database.connect(read_only=True) as connection:
        bands = connection.execute(QUARTILES, [year]).df()
        growth = connection.execute(GROWTH, [year]).df()

    # bands first: the growth report is the one that people wait for, and it needs all of it
    yield Output(
        bands,
        output_name="compensation_bands",
        metadata={"levels": len(bands), "widest": float((bands["p75"] - bands["p25"]).max())},
    )

    report = growth.merge(workforce_summary[["level_id", "active", "average_compensation"]], on="level_id")
    context.log.info(f"{year}: growth report for {len(report)} levels")
    yield Output(report, output_name="growth_report", metadata={"levels": len(report)})


QUARTILES = """
    select
        s.simulation_year,
        s.level_id,
        any_value(l.level_name) as level_name,
        cast(quantile_cont(s.current_compensation, 0.25) as double) as p25,
        cast(quantile_cont(s.current_compensation, 0.50) as double) as p50,
        cast(quantile_cont(s.current_compensation, 0.75) as double) as p75,
        cast(any_value(l.min_compensation) as double) as band_minimum,
        cast(any_value(l.max_compensation) as double) as band_maximum
    from fct_workforce_snapshot as s
    join dim_job_levels as l on l.level_id = s.level_id and l.simulation_year = s.simulation_year
    where s.simulation_year = ? and s.employment_status = 'active'
    group by s.simulation_year, s.level_id
    order by s.level_id
"""

GROWTH = """
    select
        c.simulation_year,
        c.level_id,
        c.continuing_employees,
        cast(c.growth_rate as double) as compensation_growth,
        cast(g.growth_rate as double) as headcount_growth,
        cast(g.target_growth_rate as double) as target_headcount_growth
    from fct_compensation_growth as c
    join mon_growth_vs_target as g on g.simulation_year = c.simulation_year
    where c.simulation_year = ?
    order by c.level_id
"""
