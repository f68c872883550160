import dagster as dg


class Limits(dg.Config):
    rows: int = 10


@dg.asset(key_prefix=["raw", "shop"])
def orders(config: Limits) -> int:
    return config.rows


@dg.asset
def items(config: Limits) -> int:
    return config.rows


job = dg.define_asset_job("job", selection="*")


def chosen(rows: int) -> dict:
    return {"ops": {"raw__shop__orders": {"config": {"rows": rows}}}}


@dg.sensor(job=job)
def watch(context: dg.SensorEvaluationContext):
    yield dg.RunRequest(run_key="a", run_config={"ops": {"raw__shop__orders": {"config": {"rows": 1}}, "items": {"config": {"rows": 2}}}})
    yield dg.RunRequest(run_key="b", run_config=dg.RunConfig(ops={"raw__shop__orders": Limits(rows=3)}))
    yield dg.RunRequest(run_key="c", run_config=dg.RunConfig(ops={"items": Limits(rows=4)}))
    yield dg.RunRequest(run_key="d", run_config=chosen(5))


nightly = dg.ScheduleDefinition(job=job, cron_schedule="0 1 * * *", run_config=dg.RunConfig(ops={"raw__shop__orders": Limits(rows=6)}))
more = dg.ScheduleDefinition(job=job, name="more", cron_schedule="0 2 * * *", run_config=dg.RunConfig(ops={}, resources={"db": {"config": {}}}))
defs = dg.Definitions(assets=[orders, items], jobs=[job], sensors=[watch], schedules=[nightly, more])
