from dagster import Definitions, ScheduleDefinition, asset, define_asset_job


@asset
def orders():
    return 1


defs = Definitions(
    assets=[orders],
    schedules=[
        ScheduleDefinition(
            job=define_asset_job(name="refresh", selection="*"),
            cron_schedule="@daily",
        )
    ],
)
