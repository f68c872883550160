import dagster as dg

multi = dg.MultiPartitionsDefinition(
    {
        "day": dg.DailyPartitionsDefinition("2024-01-01"),
        "region": dg.StaticPartitionsDefinition(["eu", "us"]),
    }
)


@dg.asset(partitions_def=multi)
def region(context: dg.AssetExecutionContext) -> str:
    keys = context.partition_key.keys_by_dimension
    return keys["region"]


@dg.asset(partitions_def=multi)
def day(context: dg.AssetExecutionContext) -> str:
    key = context.multi_partition_key
    assert isinstance(key, dg.MultiPartitionKey)
    return key.keys_by_dimension["day"]


@dg.asset
def none(context: dg.AssetExecutionContext) -> str:
    return context.multi_partition_key


defs = dg.Definitions(assets=[region, day, none], executor=dg.multiprocess_executor.configured({"max_concurrent": 2}))
