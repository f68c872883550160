from dagster import (
    AssetIn,
    DailyPartitionsDefinition,
    Definitions,
    StaticPartitionsDefinition,
    TimeWindowPartitionMapping,
    WeeklyPartitionsDefinition,
    asset,
    define_asset_job,
)

days = DailyPartitionsDefinition("2026-01-01")
weeks = WeeklyPartitionsDefinition("2026-01-04")
sides = StaticPartitionsDefinition(["left", "right"])


@asset(partitions_def=days)
def orders() -> int:
    return 1


@asset(partitions_def=days)
def same_day(orders: int) -> int:
    return orders


@asset
def total(orders: dict[str, int]) -> int:
    return sum(orders.values())


@asset(partitions_def=weeks)
def weekly(orders: dict[str, int]) -> int:
    return sum(orders.values())


@asset(partitions_def=days, ins={"orders": AssetIn(partition_mapping=TimeWindowPartitionMapping(-1, -1))})
def day_before(orders: int) -> int:
    """Reads what is not of its own run."""
    return orders


@asset(partitions_def=sides)
def hopeless(orders: int) -> int:
    return orders


defs = Definitions(
    assets=[orders, same_day, total, weekly, day_before, hopeless],
    jobs=[define_asset_job("both", [orders, same_day, day_before])],
)
