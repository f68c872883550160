"""What goes to finance: small tables made of the marts."""

import pandas as pd
from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from planalign.io_managers import ParquetStore
from planalign.resources import WorkforceDatabase
from prefect_support.io import load, store
from prefect_support.retries import exponential, plus_minus

# The BI tool sometimes holds the database for a second or two.
wait_for_the_file = {"retries": 3, "retry_delay_seconds": plus_minus(exponential(1, 3), 1)}


@materialize(
    Asset(
        key="asset://workforce_summary",
        properties=AssetProperties(
            name="workforce_summary",
            description="Headcount and pay at the end of one simulated year, by level, beside the census.",
        ),
    ),
    asset_deps=["asset://fct_workforce_snapshot", "asset://census_profile"],
    tags=["group:reporting"],
    **wait_for_the_file,
    cache_policy=NO_CACHE,
)
def workforce_summary(
    database: WorkforceDatabase, parquet_store: ParquetStore, partition_key: str
) -> pd.DataFrame:
    """Headcount and pay at the end of one simulated year, by level, beside the census."""
    census_profile = load(parquet_store, "asset://census_profile")
    year = int(partition_key)
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

    add_asset_metadata(
        "asset://workforce_summary",
        {
            "active": int(summary["active"].sum()),
            "terminated": int(summary["terminated"].sum()),
            "preview": summary.to_string(index=False),
        },
    )
    get_run_logger().info(f"{year}: {int(summary['active'].sum())} active at the end of the year")
    return store(parquet_store, "asset://workforce_summary", summary, partition_key)


@materialize(
    Asset(
        key="asset://compensation_bands",
        properties=AssetProperties(
            name="compensation_bands",
            description="Quartiles of pay by level, and how much of the band they use.",
        ),
    ),
    Asset(
        key="asset://growth_report",
        properties=AssetProperties(
            name="growth_report", description="Growth of headcount and pay in one year, against the target."
        ),
    ),
    asset_deps=[
        "asset://dim_job_levels",
        "asset://fct_compensation_growth",
        "asset://mon_growth_vs_target",
        "asset://workforce_summary",
    ],
    tags=["group:reporting"],
    cache_policy=NO_CACHE,
)
def compensation_reports(
    database: WorkforceDatabase, parquet_store: ParquetStore, partition_key: str
) -> None:
    workforce_summary = load(parquet_store, "asset://workforce_summary", partition_key)
    year = int(partition_key)
    with database.connect(read_only=True) as connection:
        bands = connection.execute(QUARTILES, [year]).df()
        growth = connection.execute(GROWTH, [year]).df()

    # bands first: the growth report is the one that people wait for, and it needs all of it
    store(parquet_store, "asset://compensation_bands", bands, partition_key)
    add_asset_metadata(
        "asset://compensation_bands", {"levels": len(bands), "widest": float((bands["p75"] - bands["p25"]).max())}
    )

    report = growth.merge(workforce_summary[["level_id", "active", "average_compensation"]], on="level_id")
    get_run_logger().info(f"{year}: growth report for {len(report)} levels")
    store(parquet_store, "asset://growth_report", report, partition_key)
    add_asset_metadata("asset://growth_report", {"levels": len(report)})


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
