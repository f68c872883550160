from dagster import ScheduleDefinition, job, op, repository, sensor


@op
def load():
    return 1


@job
def nightly():
    load()


@job
def left_out():
    load()


@sensor(job=nightly)
def files():
    yield None


@repository
def shop():
    return {
        "jobs": {"nightly": nightly},
        "schedules": {"at_night": ScheduleDefinition(name="at_night", job=nightly, cron_schedule="0 1 * * *")},
        "sensors": {"files": files},
    }
