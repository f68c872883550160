import dagster as dg


@dg.asset
def pond() -> None:
    """Water."""


@dg.sensor(target=pond)
def again(context):
    failed = dg.EventRecordsFilter(event_type=dg.DagsterEventType.RUN_FAILURE, asset_key=pond.key)
    if context.instance.get_event_records(failed, limit=1):
        yield dg.RunRequest(run_key=pond.key.to_user_string(), asset_selection=[pond.key])


@dg.sensor(target=pond)
def after_any(context):
    for kind in (dg.DagsterEventType.PIPELINE_SUCCESS, dg.DagsterEventType.RUN_CANCELED):
        for record in context.instance.get_event_records(dg.EventRecordsFilter(kind), limit=5):
            yield dg.RunRequest(run_key=record.run_id)


defs = dg.Definitions(assets=[pond], sensors=[again, after_any])
