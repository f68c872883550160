from dagster import Config, Definitions, RunConfig, RunRequest, ScheduleDefinition, asset, define_asset_job, sensor


class Size(Config):
    limit: int = 10


@asset
def report(config: Size) -> int:
    return config.limit


job = define_asset_job("reports", selection=["report"])
daily = ScheduleDefinition(
    job=job, cron_schedule="0 1 * * *", run_config=RunConfig(ops={"report": Size(limit=99)}).to_config_dict()
)


@sensor(job=job)
def watch(context):
    yield RunRequest(run_config=RunConfig(ops={"report": Size(limit=5)}).to_config_dict())


defs = Definitions(assets=[report], jobs=[job], schedules=[daily], sensors=[watch])
