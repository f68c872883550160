"""A name for the instance is what it stands for, where nothing is done with it but to ask it."""

import dagster as dg


@dg.op
def work():
    print("work")


@dg.job
def nightly():
    work()


@dg.sensor(job=nightly)
def waits(context):
    # the instance of Dagster
    instance = context.instance
    if instance.get_run_records(filters=dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED]), limit=1):
        return dg.SkipReason("running")
    instance.add_dynamic_partitions("files", ["a"])
    event = instance.get_latest_materialization_event(dg.AssetKey("orders"))
    return dg.RunRequest(run_key=str(event.timestamp))


@dg.sensor(job=nightly)
def hands_it_on(context):
    instance = context.instance
    return dg.RunRequest(run_key=newest(instance))


@dg.sensor(job=nightly)
def binds_it_twice(context):
    instance = context.instance
    if context.cursor:
        instance = None
    return dg.RunRequest(run_key=str(instance.get_runs()))


def newest(instance):
    return instance.get_records_max_run_id()


defs = dg.Definitions(jobs=[nightly], sensors=[waits, hands_it_on, binds_it_twice])
