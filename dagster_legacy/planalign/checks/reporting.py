"""The reports, as they come out of the store.

A check has no partition of its own, so these read all years that are stored.
"""

from dagster import AssetCheckResult, AssetCheckSeverity, AssetKey, asset_check

from planalign.assets.reporting import workforce_summary
from planalign.io_managers import stored_years
from planalign.resources import WorkforceDatabase


@asset_check(asset=workforce_summary)
def summary_agrees_with_the_snapshot(database: WorkforceDatabase) -> AssetCheckResult:
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
    return AssetCheckResult(passed=not differing, metadata={"differing_years": differing})


@asset_check(asset=AssetKey("compensation_bands"))
def quartiles_are_in_order() -> AssetCheckResult:
    bands = stored_years("compensation_bands")
    ordered = (bands["p25"] <= bands["p50"]) & (bands["p50"] <= bands["p75"])
    # numpy's bool is not a bool for Dagster, and the error does not say so
    return AssetCheckResult(passed=bool(ordered.all()), metadata={"levels": len(bands)})


@asset_check(asset=AssetKey("compensation_bands"))
def median_pay_is_inside_the_band() -> AssetCheckResult:
    """The bands move with the cost of living, pay moves faster: in late years this may warn."""
    bands = stored_years("compensation_bands")
    outside = bands[(bands["p50"] < bands["band_minimum"]) | (bands["p50"] > bands["band_maximum"])]
    return AssetCheckResult(
        passed=outside.empty,
        severity=AssetCheckSeverity.WARN,
        metadata={"levels": [f"{row.level_name} ({row.simulation_year})" for row in outside.itertuples()]},
    )


reporting_checks = [
    summary_agrees_with_the_snapshot,
    quartiles_are_in_order,
    median_pay_is_inside_the_band,
]
