from dagster import (
    DagsterRunStatus,
    RunFailureSensorContext,
    RunRequest,
    RunStatusSensorContext,
    job,
    op,
    run_failure_sensor,
    run_status_sensor,
)


@op
def work() -> None:
    print("work")


@job
def working():
    work()


@run_failure_sensor(name="tell", monitored_jobs=[working])
def tell_somebody(context: RunFailureSensorContext):
    """Says what went wrong."""
    run = context.dagster_run.run_id
    context.log.error("%s of %s: %s", run, context.dagster_run.job_name, context.failure_event.message)


@run_status_sensor(run_status=DagsterRunStatus.SUCCESS)
def done(context: RunStatusSensorContext):
    print(context.dagster_run.job_name)


@run_status_sensor(run_status=DagsterRunStatus.SUCCESS, request_job=working)
def again(context):
    return RunRequest(run_key=None)


@run_failure_sensor
def asks_for_tags(context):
    print(context.dagster_run.tags)
