from dagster import DagsterRunStatus, Definitions, RunRequest, RunsFilter, SensorEvaluationContext, SkipReason, sensor


@sensor(minimum_interval_seconds=60)
def queue(context: SensorEvaluationContext) -> SkipReason:
    """Starts nothing."""
    waiting = context.instance.get_runs_count(RunsFilter(statuses=[DagsterRunStatus.QUEUED]))
    return SkipReason(f"{waiting} are waiting")


@sensor()
def forgetful(context):
    yield RunRequest(run_key="one")


defs = Definitions(sensors=[queue, forgetful])
