import dagster as dg
from dagster._core.storage.dagster_run import DagsterRunStatus, RunsFilter


@dg.op
def work():
    return 1


@dg.job
def nightly():
    work()


@dg.schedule(cron_schedule="0 * * * *", job=nightly)
def hourly(context):
    run_records = context.instance.get_run_records(
        RunsFilter(
            job_name="nightly",
            statuses=[DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTED],
        )
    )
    # one at a time
    if len(run_records) > 0:
        return dg.SkipReason("it is still running")
    return dg.RunRequest()


@dg.sensor(job=nightly)
def when_idle(context):
    if not context.instance.get_runs(filters=RunsFilter(job_name="nightly", statuses=[DagsterRunStatus.STARTED]), limit=1):
        yield dg.RunRequest()


@dg.sensor(job=nightly)
def asks_more(context):
    for run in context.instance.get_runs(RunsFilter(tags={"a": "b"})):
        yield dg.RunRequest(run_key=run.run_id)


@dg.sensor(job=nightly)
def filters_more(context):
    if not context.instance.get_runs(RunsFilter(run_ids=["a"])):
        yield dg.RunRequest()


defs = dg.Definitions(jobs=[nightly], schedules=[hourly], sensors=[when_idle, asks_more, filters_more])
