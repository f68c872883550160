"""Is the census fit to start from? The first two stop the run: nothing is built on a bad file."""

from prefect import get_run_logger

from planalign.io_managers import ParquetStore
from planalign.resources import WorkforceDatabase
from prefect_support.io import load
from prefect_support.validations import CheckResult, Severity, validation

SMALLEST_CENSUS = 100


@validation("asset://raw_census", blocking=True, description="There are people in the census.")
def census_is_not_empty(database: WorkforceDatabase) -> CheckResult:
    rows = database.count("select count(*) from raw.census")
    if 0 < rows < SMALLEST_CENSUS:
        get_run_logger().warning(f"Only {rows} people in the census: a test file?")
    return CheckResult(passed=rows > 0, severity=Severity.ERROR, metadata={"rows": rows})


@validation("asset://raw_census", blocking=True)
def census_ids_are_unique(database: WorkforceDatabase) -> CheckResult:
    """Nobody is in the census twice. One duplicate doubles that person's raises for ever."""
    duplicates = database.count("select count(*) - count(distinct employee_id) from raw.census")
    return CheckResult(passed=duplicates == 0, metadata={"duplicates": duplicates})


@validation("asset://raw_census")
def census_pay_is_plausible(database: WorkforceDatabase) -> CheckResult:
    """Pay is neither missing nor a typing error. Somebody should look, but the run goes on."""
    implausible = database.count(
        """
        select count(*) from raw.census
        where employee_annual_compensation is null
           or employee_annual_compensation not between 15000 and 1500000
        """
    )
    return CheckResult(
        passed=implausible == 0, severity=Severity.WARN, metadata={"implausible": implausible}
    )


@validation("asset://census_profile", description="The profile counts everybody who is active.")
def profile_covers_the_census(database: WorkforceDatabase, parquet_store: ParquetStore) -> CheckResult:
    census_profile = load(parquet_store, "asset://census_profile")
    active = database.count("select count(*) from raw.census where active")
    profiled = int(census_profile["headcount"].sum())
    return CheckResult(passed=active == profiled, metadata={"active": active, "profiled": profiled})


census_checks = [
    census_is_not_empty,
    census_ids_are_unique,
    census_pay_is_plausible,
    profile_covers_the_census,
]
