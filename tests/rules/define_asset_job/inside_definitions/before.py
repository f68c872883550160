import dagster as dg


@dg.asset
def gold() -> int:
    return 1


defs = dg.Definitions(
    assets=[gold],
    jobs=[dg.define_asset_job("nightly", selection="*")],
    schedules=[dg.ScheduleDefinition(name="every_night", job_name="nightly", cron_schedule="0 3 * * *")],
    sensors=[dg.AutomationConditionSensorDefinition("auto", target="*")],
)
