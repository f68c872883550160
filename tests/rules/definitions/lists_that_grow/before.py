import os

from dagster import Definitions, ScheduleDefinition, asset, define_asset_job


@asset
def first() -> int:
    return 1


@asset
def second() -> int:
    return 2


def also() -> int:
    return 3


every = define_asset_job("every", selection="*")
assets = [first]
assets.append(second)
schedules = []
if os.getenv("PRODUCTION"):
    schedules.append(ScheduleDefinition(job=every, cron_schedule="0 5 * * *", name="daily"))
defs = Definitions(assets=assets, jobs=[every], schedules=schedules)
