"""The reports, as they come out of the store."""

import pandas as pd
from dagster import AssetCheckResult, AssetCheckSeverity, AssetKey, asset_check

from planalign.assets.reporting import workforce_summary
from planalign.resources import WorkforceDatabase


@asset_check(asset=workforce_summary)
def summary_agrees_with_the_snapshot(
    database: WorkforceDatabase, workforce_summary: pd.DataFrame
) -> AssetCheckResult:
    year = int(workforce_summary["simulation_year"].max())
    in_snapshot = database.count(
        """
        select count(*) from fct_workforce_snapshot
        where simulation_year = ? and employment_status = 'active'
        """,
        year,
    )
    in_summary = int(workforce_summary["active"].sum())
    return AssetCheckResult(
        passed=in_snapshot == in_summary,
        metadata={"year": year, "snapshot": in_snapshot, "summary": in_summary},
    )


@asset_check(asset=AssetKey("compensation_bands"))
def quartiles_are_in_order(compensation_bands: pd.DataFrame) -> AssetCheckResult:
    ordered = (compensation_bands["p25"] <= compensation_bands["p50"]) & (
        compensation_bands["p50"] <= compensation_bands["p75"]
    )
    # numpy's bool is not a bool for Dagster, and the error does not say so
    return AssetCheckResult(passed=bool(ordered.all()), metadata={"levels": len(compensation_bands)})


@asset_check(asset=AssetKey("compensation_bands"))
def median_pay_is_inside_the_band(compensation_bands: pd.DataFrame) -> AssetCheckResult:
    """Bands are not moved with the cost of living, so after some years this is expected to warn."""
    outside = compensation_bands[
        (compensation_bands["p50"] < compensation_bands["band_minimum"])
        | (compensation_bands["p50"] > compensation_bands["band_maximum"])
    ]
    return AssetCheckResult(
        passed=outside.empty,
        severity=AssetCheckSeverity.WARN,
        metadata={"levels": [str(name) for name in outside["level_name"]]},
    )


reporting_checks = [
    summary_agrees_with_the_snapshot,
    quartiles_are_in_order,
    median_pay_is_inside_the_band,
]
