"""Two partitioned assets, a check each, one job; EXECUTOR=multiprocess runs each step in a process."""

import os

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetSelection,
    Definitions,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    define_asset_job,
    in_process_executor,
    multiprocess_executor,
)

from plan import model
from plan.faults import is_noisy, strike, writes_nothing

years = StaticPartitionsDefinition([str(year) for year in range(2025, 2031)])


@asset(partitions_def=years)
def headcount(context) -> None:
    strike(int(context.partition_key))
    if not writes_nothing():
        context.log.info(f"{model.headcount(int(context.partition_key))} rows")


@asset(partitions_def=years, deps=[headcount])
def pay(context) -> None:
    if not writes_nothing():
        if is_noisy():
            model.noise(int(context.partition_key))
        context.log.info(f"{model.pay(int(context.partition_key))} rows")


@asset_check(asset=headcount, blocking=True)
def somebody_is_here() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@asset_check(asset=pay)
def everybody_is_rich() -> AssetCheckResult:
    return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN)


simulate_year = define_asset_job("simulate_year", AssetSelection.all(), partitions_def=years)
defs = Definitions(
    assets=[headcount, pay],
    asset_checks=[somebody_is_here, everybody_is_rich],
    jobs=[simulate_year],
    executor=multiprocess_executor if os.environ.get("EXECUTOR") == "multiprocess" else in_process_executor,
)
