from dagster import Definitions, RunRequest, ScheduleDefinition, job, op, schedule


@op
def one() -> int:
    return 1


@job
def daily():
    one()


@schedule("*/10 * * * *", job=daily, execution_timezone="US/Pacific")
def often():
    return RunRequest()


rarely = ScheduleDefinition("rarely", cron_schedule="0 5 * * *", job=daily)
defs = Definitions(jobs=[daily], schedules=[often, rarely])
