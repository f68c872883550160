"""One asset a year: the workforce as it is handed to the plan's record keeper."""

from typing import Any

import pandas as pd
from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask

from planalign.io_managers import ParquetStore
from planalign.partitions import YEARS
from planalign.resources import WorkforceDatabase
from prefect_support.io import store


def build_year_asset(year: str, previous_year: str | None) -> MaterializingTask[..., Any]:
    """The asset that publishes one year.

    The record keeper imports the files in the order in which they appear, so each year waits
    for the one before it.
    """
    deps = ["asset://fct_workforce_snapshot"]
    if previous_year is not None:
        deps.append(f"asset://workforce_year_{previous_year}")

    @materialize(
        Asset(
            key=f"asset://workforce_year_{year}",
            properties=AssetProperties(
                name=f"workforce_year_{year}", description=f"Everybody who was employed in {year}, as published."
            ),
        ),
        name=f"workforce_year_{year}",
        asset_deps=deps,
        tags=["group:published_years"],
        cache_policy=NO_CACHE,
    )
    def workforce_year(database: WorkforceDatabase, parquet_store: ParquetStore) -> pd.DataFrame:
        with database.connect(read_only=True) as connection:
            people = connection.execute(
                """
                select
                    employee_id,
                    simulation_year,
                    employment_status,
                    level_id,
                    cast(current_compensation as double) as current_compensation,
                    participation_status,
                    cast(deferral_rate as double) as deferral_rate
                from fct_workforce_snapshot
                where simulation_year = ?
                order by employee_id
                """,
                [int(year)],
            ).df()

        if people.empty:
            # an empty file, and not none: the record keeper reads that as "not yet"
            get_run_logger().warning(f"{year} has not been simulated: its file will be empty")
        return store(parquet_store, f"asset://workforce_year_{year}", people)

    return workforce_year


workforce_years = [
    build_year_asset(year, previous_year) for previous_year, year in zip([None, *YEARS[:-1]], YEARS)
]
