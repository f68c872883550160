import os

from dagster import Definitions, ScheduleDefinition, asset, define_asset_job


@asset
def gold() -> int:
    return 1


refresh = define_asset_job("refresh", selection=[gold])
nightly = ScheduleDefinition(job=refresh, cron_schedule=os.environ["CRON"])
defs = Definitions(assets=[gold], jobs=[refresh], schedules=[nightly])
