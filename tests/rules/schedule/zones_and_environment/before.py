import os
from zoneinfo import ZoneInfo

from dagster import Definitions, RunRequest, asset, define_asset_job, schedule

HOME = ZoneInfo("America/New_York")


@asset
def gold() -> int:
    return 1


refresh = define_asset_job("refresh", selection=[gold])


@schedule(job=refresh, cron_schedule="0 1 * * *", execution_timezone=os.environ["ZONE"])
def somewhere():
    return RunRequest()


@schedule(job=refresh, cron_schedule="0 4 * * *", execution_timezone=f"{HOME}")
def nightly(context):
    return RunRequest(run_key=context.scheduled_execution_time.isoformat())


@schedule(
    job=refresh,
    cron_schedule="0 5 * * *",
    execution_timezone=os.getenv("ZONE", "Europe/Paris"),
)
def near(context):
    return RunRequest(run_key=context.scheduled_execution_time.isoformat())


defs = Definitions(assets=[gold], jobs=[refresh], schedules=[somewhere, nightly, near])
