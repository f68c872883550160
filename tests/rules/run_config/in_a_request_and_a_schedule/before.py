import dagster as dg


class Limits(dg.Config):
    rows: int = 10


@dg.op
def load(config: Limits) -> None:
    print(config.rows)


@dg.job
def loading():
    load()


def limited(rows: int) -> dg.RunConfig:
    return dg.RunConfig(ops={"load": Limits(rows=rows)})


@dg.schedule(cron_schedule=["0 6 * * *", "0 18 * * *"], job=loading, execution_timezone="Europe/Paris")
def twice_a_day(context: dg.ScheduleEvaluationContext):
    rows = 5 if context.scheduled_execution_time.hour < 12 else 50
    return dg.RunRequest(run_key=None, run_config=limited(rows))


small = dg.ScheduleDefinition(
    name="small", job=loading, cron_schedule="@daily", run_config=dg.RunConfig(ops={"load": Limits(rows=1)})
)


@dg.schedule(cron_schedule="0 0 * * *", job=loading)
def with_resources_configured():
    return dg.RunRequest(run_config=dg.RunConfig(ops={}, resources={"db": {"config": {}}}))
