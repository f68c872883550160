from dagster import Config, Definitions, job, op, schedule


class Load(Config):
    day: str


@op
def load(config: Load) -> str:
    return config.day


@op
def tidy() -> None: ...


@job
def loading():
    load()


@job
def tidying():
    tidy()


@schedule(cron_schedule="0 6 * * *", job=loading)
def each_morning(context):
    day = context.scheduled_execution_time.strftime("%Y-%m-%d")
    return {"ops": {"load": {"config": {"day": day}}}}


@schedule(cron_schedule="0 22 * * *", job=tidying)
def each_evening():
    return {}


defs = Definitions(jobs=[loading, tidying], schedules=[each_morning, each_evening])
