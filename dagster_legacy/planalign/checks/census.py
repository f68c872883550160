"""Is the census fit to start from? The first two stop the run: nothing is built on a bad file."""

import pandas as pd
from dagster import AssetCheckExecutionContext, AssetCheckResult, AssetCheckSeverity, asset_check

from planalign.assets.census import census_profile, raw_census
from planalign.resources import WorkforceDatabase

SMALLEST_CENSUS = 100


@asset_check(asset=raw_census, blocking=True, description="There are people in the census.")
def census_is_not_empty(context: AssetCheckExecutionContext, database: WorkforceDatabase) -> AssetCheckResult:
    rows = database.count("select count(*) from raw.census")
    if 0 < rows < SMALLEST_CENSUS:
        context.log.warning(f"Only {rows} people in the census: a test file?")
    return AssetCheckResult(passed=rows > 0, severity=AssetCheckSeverity.ERROR, metadata={"rows": rows})


@asset_check(asset=raw_census, blocking=True)
def census_ids_are_unique(database: WorkforceDatabase) -> AssetCheckResult:
    """Nobody is in the census twice. One duplicate doubles that person's raises for ever."""
    duplicates = database.count("select count(*) - count(distinct employee_id) from raw.census")
    return AssetCheckResult(passed=duplicates == 0, metadata={"duplicates": duplicates})


@asset_check(asset=raw_census)
def census_pay_is_plausible(database: WorkforceDatabase) -> AssetCheckResult:
    """Pay is neither missing nor a typing error. Somebody should look, but the run goes on."""
    implausible = database.count(
        """
        select count(*) from raw.census
        where employee_annual_compensation is null
           or employee_annual_compensation not between 15000 and 1500000
        """
    )
    return AssetCheckResult(
        passed=implausible == 0, severity=AssetCheckSeverity.WARN, metadata={"implausible": implausible}
    )


@asset_check(asset=census_profile, description="The profile counts everybody who is active.")
def profile_covers_the_census(database: WorkforceDatabase, census_profile: pd.DataFrame) -> AssetCheckResult:
    active = database.count("select count(*) from raw.census where active")
    profiled = int(census_profile["headcount"].sum())
    return AssetCheckResult(passed=active == profiled, metadata={"active": active, "profiled": profiled})


census_checks = [
    census_is_not_empty,
    census_ids_are_unique,
    census_pay_is_plausible,
    profile_covers_the_census,
]
