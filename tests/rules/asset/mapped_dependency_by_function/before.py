from dagster import AllPartitionMapping, AssetDep, Definitions, MonthlyPartitionsDefinition, asset

months = MonthlyPartitionsDefinition("2024-01-01")


@asset
def items(): ...


@asset(deps=[AssetDep(items, partition_mapping=AllPartitionMapping())], partitions_def=months)
def orders() -> None:
    print("orders")


defs = Definitions(assets=[items, orders])
