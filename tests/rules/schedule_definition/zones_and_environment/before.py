import os
from zoneinfo import ZoneInfo

import pytz
from dagster import Definitions, ScheduleDefinition, asset, define_asset_job

HOME = ZoneInfo("America/New_York")
AWAY = pytz.timezone("Asia/Tokyo")


@asset
def gold() -> int:
    return 1


refresh = define_asset_job("refresh", selection=[gold])
# Leave alone: nobody can tell when these tick, or with what.
sometimes = ScheduleDefinition(name="sometimes", job=refresh, cron_schedule=["0 1 * * *", os.environ["CRON"]])
somewhere = ScheduleDefinition(
    name="somewhere",
    job=refresh,
    cron_schedule="0 1 * * *",
    execution_timezone=os.environ["ZONE"],
)
somehow = ScheduleDefinition(
    name="somehow",
    job=refresh,
    cron_schedule="0 1 * * *",
    run_config={"ops": {"gold": {"config": {"path": os.environ["GOLD"]}}}},
)
nightly = ScheduleDefinition(
    name="nightly",
    job=refresh,
    cron_schedule="0 4 * * *",
    execution_timezone=str(HOME),
    tags={"team": "gold", "stage": os.getenv("STAGE", "test"), "who": os.getenv("WHO")},
)
far = ScheduleDefinition(name="far", job=refresh, cron_schedule="0 5 * * *", execution_timezone=AWAY.zone)
near = ScheduleDefinition(
    name="near",
    job=refresh,
    cron_schedule=os.getenv("CRON", "0 6 * * *"),
    execution_timezone=os.getenv("ZONE", "Europe/Paris"),
    run_config={"ops": {"gold": {"config": {"path": os.getenv("GOLD"), "days": [1, 2]}}}},
)
defs = Definitions(
    assets=[gold],
    jobs=[refresh],
    schedules=[sometimes, somewhere, somehow, nightly, far, near],
)
