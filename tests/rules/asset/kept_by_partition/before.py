from dagster import DailyPartitionsDefinition, Definitions, StaticPartitionsDefinition, asset, define_asset_job

days = DailyPartitionsDefinition("2026-01-01")
sides = StaticPartitionsDefinition(["left", "right"])


@asset(partitions_def=days)
def orders() -> list[int]:
    return [1, 2]


@asset(partitions_def=days)
def counted(orders: list[int]) -> int:
    return len(orders)


@asset(partitions_def=sides)
def sided(orders) -> int:
    return len(orders)


defs = Definitions(
    assets=[orders, counted, sided],
    jobs=[
        define_asset_job("made", "orders"),
        define_asset_job("counting", "counted"),
        define_asset_job("siding", "sided"),
    ],
)
