"""One asset a year: the workforce as it is handed to the plan's record keeper."""

import pandas as pd
from dagster import AssetExecutionContext, AssetKey, AssetsDefinition, asset

from planalign.partitions import YEARS
from planalign.resources import WorkforceDatabase


def build_year_asset(year: str, previous_year: str | None) -> AssetsDefinition:
    """The asset that publishes one year.

    The record keeper imports the files in the order in which they appear, so each year waits
    for the one before it.
    """
    deps = [AssetKey("fct_workforce_snapshot")]
    if previous_year is not None:
        deps.append(AssetKey(f"workforce_year_{previous_year}"))

    @asset(
        name=f"workforce_year_{year}",
        deps=deps,
        group_name="published_years",
        io_manager_key="parquet_store",
        description=f"Everybody who was employed in {year}, as published.",
    )
    def workforce_year(context: AssetExecutionContext, database: WorkforceDatabase) -> pd.DataFrame:
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
            context.log.warning(f"{year} has not been simulated: its file will be empty")
        return people

    return workforce_year


workforce_years = [
    build_year_asset(year, previous_year) for previous_year, year in zip([None, *YEARS[:-1]], YEARS)
]
