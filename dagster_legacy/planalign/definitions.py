"""Everything that is deployed. What is not in here does not exist for Dagster."""

from dagster import Definitions, in_process_executor

from planalign import settings  # noqa: F401  (first: it sets the defaults of the environment)
from planalign.assets.census import census_profile, raw_census
from planalign.assets.reporting import compensation_reports, workforce_summary
from planalign.assets.transformations import workforce_models
from planalign.assets.years import workforce_years
from planalign.checks import ALL_CHECKS
from planalign.io_managers import parquet_store
from planalign.jobs import multi_year_simulation, publish_years, simulate_year
from planalign.resources import census_file, database, dbt
from planalign.schedules import current_year_refresh, weekly_simulation
from planalign.sensors import census_arrival
from planalign.warts.overnight import overnight_simulation

defs = Definitions(
    assets=[
        raw_census,
        census_profile,
        workforce_models,
        workforce_summary,
        compensation_reports,
        *workforce_years,
    ],
    asset_checks=ALL_CHECKS,
    jobs=[simulate_year, publish_years, multi_year_simulation, overnight_simulation],
    schedules=[weekly_simulation, current_year_refresh],
    sensors=[census_arrival],
    resources={
        "database": database,
        "census_file": census_file,
        "dbt": dbt,
        "parquet_store": parquet_store,
    },
    # DuckDB has one writer: two steps at a time only wait for each other, or fail
    executor=in_process_executor,
)
