from dagster import (
    DailyPartitionsDefinition,
    Definitions,
    ScheduleDefinition,
    asset,
    build_schedule_from_partitioned_job,
    define_asset_job,
)

days = DailyPartitionsDefinition("2026-01-01")


@asset(partitions_def=days)
def sales(context) -> str:
    return context.partition_key


@asset
def report() -> str:
    return "all"


# every night
nightly = build_schedule_from_partitioned_job(
    define_asset_job("nightly-sales", selection=[sales], partitions_def=days)
)
weekly = ScheduleDefinition(job=define_asset_job("weekly_report", selection="report"), cron_schedule="0 6 * * 1")
defs = Definitions(assets=[sales, report], schedules=[nightly, weekly])
