from prefect import flow
from prefect.deployments import run_deployment
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@flow(name="new-file")
def new_file() -> None:
    run_deployment("rebuild/rebuild")


@flow(name="monthly")
def monthly() -> int:
    return launch("monthly", _monthly, deployment="refresh/refresh")


def _monthly(context: SensorContext) -> RunRequest | SkipReason:
    due = context.scheduled_execution_time
    if due.month == 2:
        return SkipReason()
    return RunRequest(parameters={"partition_key": str(due.year + 1)})
