from dagster import Definitions, RunRequest, ScheduleDefinition, asset, define_asset_job
from elsewhere import choose


@asset
def gold() -> int:
    return 1


def decide(context):
    return RunRequest()


make = define_asset_job("make", selection=[gold])
each = ScheduleDefinition(name="each", job=make, cron_schedule="0 1 * * *", execution_fn=decide)
some = ScheduleDefinition(
    name="some", job=make, cron_schedule="0 2 * * *", should_execute=lambda context: True, tags_fn=lambda c: {}
)
plain = ScheduleDefinition(name="plain", job=make, cron_schedule="0 3 * * *")
not_read = ScheduleDefinition(name="not_read", job=make, cron_schedule="0 4 * * *", execution_fn=choose)
defs = Definitions(assets=[gold], jobs=[make], schedules=[each, some, plain, not_read])
