import dagster as dg


@dg.op
def work():
    return 1


@dg.job
def nightly():
    work()


@dg.sensor(job=nightly)
def when_seen(context):
    kinds = dg.EventRecordsFilter(dg.DagsterEventType.ASSET_OBSERVATION, asset_key=dg.AssetKey("pond"))
    if context.instance.get_event_records(kinds, limit=1):
        yield dg.RunRequest()


@dg.sensor(job=nightly)
def when_checked(context):
    kinds = dg.EventRecordsFilter(dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    if context.instance.get_event_records(kinds, limit=1):
        yield dg.RunRequest()


defs = dg.Definitions(jobs=[nightly], sensors=[when_seen, when_checked])
