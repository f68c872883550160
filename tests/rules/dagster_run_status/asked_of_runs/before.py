from datetime import datetime, timezone

import dagster as dg


@dg.op
def work():
    return 1


@dg.job
def nightly():
    work()


WATCHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]


def told(record: dg.RunRecord) -> str:
    run: dg.DagsterRun = record.dagster_run
    return f"{run.run_id} of {run.job_name}: {run.status.value}, {run.tags.get('dagster/partition')}"


@dg.sensor(minimum_interval_seconds=60)
def reports(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    since = datetime.fromtimestamp(float(context.cursor or 0), tz=timezone.utc)
    records = context.instance.get_run_records(dg.RunsFilter(statuses=WATCHED, updated_after=since))
    for record in records:
        print(told(record))
        context.update_cursor(str(max(float(context.cursor or 0), record.end_time or 0)))
    return dg.SkipReason(f"{len(records)} runs, {context.instance.get_runs_count()} in all")


@dg.sensor(job=nightly)
def at_most_hourly(context: dg.SensorEvaluationContext):
    if context.last_completion_time and context.last_completion_time > 3600:
        yield dg.RunRequest(tags={"by": context.sensor_name})


@dg.sensor(job=nightly)
def own_tags(context):
    if not context.instance.get_runs(dg.RunsFilter(tags={"dagster/schedule_name": "nightly"})):
        yield dg.RunRequest()


defs = dg.Definitions(jobs=[nightly], sensors=[reports, at_most_hourly, own_tags])
