"""Orders that no rule converts, one of their checks likewise; the total converts."""

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetExecutionContext,
    Definitions,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    define_asset_job,
    in_process_executor,
)

from mixed.storage import json_store

years = StaticPartitionsDefinition(["2025", "2026"])


@asset(partitions_def=years, group_name="sales", io_manager_key="json_store")
def orders(context: AssetExecutionContext) -> list:
    step = context.get_step_execution_context().step.key
    context.log.info(f"made by step {step}")
    context.add_output_metadata({"step": step})
    return [int(context.partition_key), 3]


@asset_check(asset=orders, blocking=True)
def orders_ok(context: AssetCheckExecutionContext) -> AssetCheckResult:
    return AssetCheckResult(passed=bool(context.get_step_execution_context().step.key))


@asset(partitions_def=years, group_name="reporting", io_manager_key="json_store")
def total(orders: list) -> int:
    return sum(orders)


close_year = define_asset_job("close_year", "*", partitions_def=years)
defs = Definitions(
    assets=[orders, total],
    asset_checks=[orders_ok],
    jobs=[close_year],
    resources={"json_store": json_store},
    executor=in_process_executor,
)
