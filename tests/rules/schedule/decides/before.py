from dagster import Definitions, RunRequest, SkipReason, asset, define_asset_job, schedule


@asset
def gold() -> int:
    return 1


count = define_asset_job("count")


@schedule(job=count, cron_schedule="0 6 1 * *", execution_timezone="America/New_York")
def monthly(context):
    """First of the month."""
    if context.scheduled_execution_time.month == 1:
        return SkipReason("not in January")
    return RunRequest(run_key=str(context.scheduled_execution_time), tags={"why": "monthly"})


defs = Definitions(assets=[gold], jobs=[count], schedules=[monthly])
