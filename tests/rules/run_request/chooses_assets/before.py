import os

from dagster import (
    AssetKey,
    Definitions,
    RunRequest,
    SensorResult,
    StaticPartitionsDefinition,
    asset,
    define_asset_job,
    sensor,
)

ponds = StaticPartitionsDefinition(["north", "south"])


@asset(partitions_def=ponds)
def counts(context) -> None:
    print(context.partition_key)


@asset(key_prefix=["report"], deps=[counts], partitions_def=ponds)
def by_pond(context) -> None:
    print(context.partition_key)


both = define_asset_job("both", selection=[counts, by_pond])


@sensor(job=both)
def only_counts(context):
    wanted = [
        RunRequest(asset_selection=[AssetKey("counts")], partition_key=pond, run_key=pond)
        for pond in os.listdir("ponds")
    ]
    return SensorResult(run_requests=[*wanted, RunRequest(partition_key="north")])


@sensor(asset_selection=[counts, by_pond])
def all_or_one(context):
    yield RunRequest(asset_selection=[AssetKey("counts"), AssetKey(["report", "by_pond"])], partition_key="south")
    yield RunRequest(asset_selection=[AssetKey(["report", "by_pond"])], partition_key="south", tags={"why": "late"})


@sensor(job=both)
def worked_out(context):
    for name in os.listdir("ponds"):
        yield RunRequest(asset_selection=[AssetKey(name)], partition_key="north")


defs = Definitions(assets=[counts, by_pond], jobs=[both], sensors=[only_counts, all_or_one, worked_out])
