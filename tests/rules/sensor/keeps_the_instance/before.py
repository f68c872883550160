from dagster import AssetKey, DagsterRunStatus, Definitions, DynamicPartitionsDefinition, RunRequest, RunsFilter
from dagster import SkipReason, asset, job, op, sensor

names = DynamicPartitionsDefinition(name="names")


@asset
def counted(context) -> int:
    dagster_instance = context.instance
    latest = dagster_instance.get_latest_materialization_event(AssetKey("counted"))
    return 0 if latest is None else 1


@op
def load() -> None: ...


@job
def daily():
    load()


@sensor(job=daily)
def after_itself(context):
    """Not while one runs."""
    instance = context.instance
    active = RunsFilter(job_name="daily", statuses=[DagsterRunStatus.STARTED])
    if instance.get_run_records(filters=active, limit=1)[:1]:
        return SkipReason("it runs")
    new = [name for name in ["a", "b"] if not instance.has_dynamic_partition("names", name)]
    instance.add_dynamic_partitions("names", new)
    return [RunRequest(run_key=name) for name in new]


@sensor(job=daily)
def another_instance(context):
    instance = context.instance
    if context.cursor:
        instance = None
    return RunRequest(run_key=str(instance))


def instance_of(thing):
    instance = thing.instance
    return instance


defs = Definitions(assets=[counted], jobs=[daily], sensors=[after_itself, another_instance])
