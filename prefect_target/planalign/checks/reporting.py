"""The reports, as they come out of the store.

A check has no partition of its own, so these read all years that are stored.
"""

from planalign.io_managers import stored_years
from planalign.resources import WorkforceDatabase
from prefect_support.validations import CheckResult, Severity, validation


@validation("asset://workforce_summary")
def summary_agrees_with_the_snapshot(database: WorkforceDatabase) -> CheckResult:
    """Every stored year has as many active people as the snapshot has."""
    stored = stored_years("workforce_summary")
    differing = []
    for year, active in stored.groupby("simulation_year")["active"].sum().items():
        in_snapshot = database.count(
            """
            select count(*) from fct_workforce_snapshot
            where simulation_year = ? and employment_status = 'active'
            """,
            int(year),
        )
        if in_snapshot != int(active):
            differing.append(int(year))
    return CheckResult(passed=not differing, metadata={"differing_years": differing})


@validation("asset://compensation_bands")
def quartiles_are_in_order() -> CheckResult:
    bands = stored_years("compensation_bands")
    ordered = (bands["p25"] <= bands["p50"]) & (bands["p50"] <= bands["p75"])
    # numpy's bool is not a bool for Dagster, and the error does not say so
    return CheckResult(passed=bool(ordered.all()), metadata={"levels": len(bands)})


@validation("asset://compensation_bands")
def median_pay_is_inside_the_band() -> CheckResult:
    """The bands move with the cost of living, pay moves faster: in late years this may warn."""
    bands = stored_years("compensation_bands")
    outside = bands[(bands["p50"] < bands["band_minimum"]) | (bands["p50"] > bands["band_maximum"])]
    return CheckResult(
        passed=outside.empty,
        severity=Severity.WARN,
        metadata={"levels": [f"{row.level_name} ({row.simulation_year})" for row in outside.itertuples()]},
    )


reporting_checks = [
    summary_agrees_with_the_snapshot,
    quartiles_are_in_order,
    median_pay_is_inside_the_band,
]
