from pathlib import Path

from dagster import DefaultSensorStatus, Definitions, RunRequest, SensorDefinition, SkipReason, job, op
from elsewhere import other


@op
def load() -> None: ...


@job
def daily():
    load()


def look(context):
    found = sorted(str(path) for path in Path("in").glob("*.csv") if str(path) > (context.cursor or ""))
    if not found:
        return SkipReason("nothing new")
    context.update_cursor(found[-1])
    return [RunRequest(run_key=path) for path in found]


files = SensorDefinition(
    name="files",
    evaluation_fn=look,
    job=daily,
    minimum_interval_seconds=60,
    default_status=DefaultSensorStatus.RUNNING,
)
always = SensorDefinition(name="always", evaluation_fn=lambda _: RunRequest(run_key="once"), job=daily)
not_read = SensorDefinition(name="not_read", evaluation_fn=other, job=daily)
defs = Definitions(jobs=[daily], sensors=[files, always, not_read])
