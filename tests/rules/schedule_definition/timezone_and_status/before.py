from dagster import DefaultScheduleStatus, Definitions, ScheduleDefinition, asset, define_asset_job


@asset
def gold() -> int:
    return 1


count = define_asset_job("count")

# before anybody is awake
nightly = ScheduleDefinition(
    job=count, cron_schedule="0 3 * * *", execution_timezone="Europe/Berlin", default_status=DefaultScheduleStatus.RUNNING
)
weekly = ScheduleDefinition(name="weekly", job=count, cron_schedule="0 4 * * 1")
defs = Definitions(assets=[gold], jobs=[count], schedules=[nightly, weekly])
