from dagster import DagsterRunStatus, Definitions, RunRequest, SkipReason, job, op, run_status_sensor


@op
def feed() -> None: ...


@job
def morning():
    feed()


@job
def evening():
    feed()


@run_status_sensor(run_status=DagsterRunStatus.SUCCESS, monitored_jobs=[morning], request_job=evening)
def after_morning(context):
    """The evening follows the morning."""
    if context.dagster_run.job_name == evening.name:
        return SkipReason("not after itself")
    return RunRequest(run_key=None)


defs = Definitions(jobs=[morning, evening], sensors=[after_morning])
