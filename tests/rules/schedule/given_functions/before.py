from datetime import timedelta

from dagster import Config, Definitions, RunRequest, ScheduleDefinition, SkipReason, job, op


class Span(Config):
    start: str = ""


@op
def load(config: Span) -> None:
    print(config.start)


@job
def daily():
    load()


def day_before(context):
    when = context.scheduled_execution_time
    if when.month == 1:
        return {}
    return {"ops": {"load": {"config": {"start": (when - timedelta(days=1)).date().isoformat()}}}}


def is_weekday(context):
    return context.scheduled_execution_time.weekday() < 5


def always(context) -> bool:
    return True


def decide(context):
    """Not in January."""
    if context.scheduled_execution_time.month == 1:
        yield SkipReason("not in January")
    else:
        yield RunRequest(tags={"why": "a month has begun"})


# each morning
configured = ScheduleDefinition(
    name="configured",
    job=daily,
    cron_schedule="0 6 * * *",
    execution_timezone="Asia/Bishkek",
    run_config_fn=day_before,
    tags={"kind": "daily"},
)
asked = ScheduleDefinition(
    name="asked",
    job=daily,
    cron_schedule="0 7 * * *",
    should_execute=is_weekday,
    run_config={"ops": {"load": {"config": {"start": "now"}}}},
    tags_fn=lambda context: {"hour": str(context.scheduled_execution_time.hour)},
)
freely = ScheduleDefinition(
    job_name="daily", cron_schedule="0 8 * * *", should_execute=always, tags_fn=lambda _: {"why": "always"}
)
monthly = ScheduleDefinition(name="monthly", job=daily, cron_schedule="0 0 1 * *", execution_fn=decide)
again = ScheduleDefinition(
    name="again", job=daily, cron_schedule="0 10 * * *", should_execute=is_weekday, execution_timezone="UTC"
)
plain = ScheduleDefinition(name="plain", job=daily, cron_schedule="0 9 * * *")
defs = Definitions(jobs=[daily], schedules=[configured, asked, freely, monthly, again, plain])
