import os

from dagster import (
    DailyPartitionsDefinition,
    Definitions,
    asset,
    build_schedule_from_partitioned_job,
    define_asset_job,
)

days = DailyPartitionsDefinition("2024-01-01")


@asset(partitions_def=days)
def gold(context) -> None:
    print(context.partition_key)


refresh = define_asset_job("refresh", selection=[gold])
somewhere = build_schedule_from_partitioned_job(
    refresh, name="somewhere", execution_timezone=os.environ["ZONE"]
)
defs = Definitions(assets=[gold], jobs=[refresh], schedules=[somewhere])
