"""Orders that no rule converts, one of their checks likewise; what they are made of and the total convert."""

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


@asset(partitions_def=years, group_name="sales")
def customers(context: AssetExecutionContext) -> list:
    return [int(context.partition_key)]


@asset(group_name="sales")
def fee() -> int:
    return 3


# Takes the values of two assets from Dagster's default store, and leaves its own there.
@asset(partitions_def=years, group_name="sales")
def orders(context: AssetExecutionContext, customers: list, fee: int) -> list:
    step = context.get_step_execution_context().step.key
    context.log.info(f"made by step {step}")
    context.add_output_metadata({"step": step})
    return [*customers, fee]


@asset_check(asset=orders, blocking=True)
def orders_ok(context: AssetCheckExecutionContext) -> AssetCheckResult:
    return AssetCheckResult(passed=bool(context.get_step_execution_context().step.key))


@asset(partitions_def=years, group_name="reporting", io_manager_key="json_store")
def total(orders: list) -> int:
    return sum(orders)


close_year = define_asset_job("close_year", "*", partitions_def=years)
defs = Definitions(
    assets=[customers, fee, orders, total],
    asset_checks=[orders_ok],
    jobs=[close_year],
    resources={"json_store": json_store},
    executor=in_process_executor,
)
