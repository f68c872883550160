import os

import dagster as dg


@dg.asset
def raw() -> int:
    return 1


told = dg.define_asset_job("told", selection="raw")
untold = dg.define_asset_job("untold", selection=os.environ["WHAT"])

defs = dg.Definitions(
    assets=[raw],
    jobs=[told, untold],
    schedules=[dg.ScheduleDefinition(job=told, cron_schedule="0 1 * * *"), dg.ScheduleDefinition(job=untold, cron_schedule="0 2 * * *")],
    executor=dg.multiprocess_executor.configured({"max_concurrent": 2}),
)
