"""A range as a value and as an annotation, and what a task is told of its own."""

from dagster import AssetExecutionContext, AssetIn, DailyPartitionsDefinition, Definitions, PartitionKeyRange
from dagster import TimeWindowPartitionMapping, asset

days = DailyPartitionsDefinition("2024-01-01")
january = PartitionKeyRange(start="2024-01-01", end="2024-01-31")


def is_long(keys: PartitionKeyRange) -> bool:
    return keys.start < "2024-01-15" < keys.end


@asset(partitions_def=days)
def orders(context: AssetExecutionContext) -> int:
    context.log.info(context.asset_partitions_def_for_output().get_partition_keys())
    return int(is_long(context.partition_key_range) or context.partition_key_range == january)


@asset(
    partitions_def=days,
    ins={"orders": AssetIn(partition_mapping=TimeWindowPartitionMapping(start_offset=-1, end_offset=0))},
)
def sums(context: AssetExecutionContext, orders) -> None:
    keys = context.asset_partition_key_range_for_input("orders")
    window = context.asset_partitions_time_window_for_input("orders")
    context.log.info(f"{keys.start} to {keys.end}: {window.start} to {window.end}")


defs = Definitions(assets=[orders, sums])
