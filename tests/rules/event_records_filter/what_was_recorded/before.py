import json

import dagster as dg


@dg.asset
def orders() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 3})


@dg.asset
def totals() -> None:
    """Sums."""


sums = dg.define_asset_job("sums", selection=[totals])


def after(cursor: str | None) -> dg.EventRecordsFilter:
    return dg.EventRecordsFilter(
        event_type=dg.DagsterEventType.ASSET_MATERIALIZATION,
        asset_key=dg.AssetKey("orders"),
        after_cursor=json.loads(cursor) if cursor else None,
    )


@dg.sensor(job=sums)
def when_made(context: dg.SensorEvaluationContext):
    records = context.instance.get_event_records(after(context.cursor), limit=10, ascending=True)
    for record in records:
        yield dg.RunRequest(run_key=str(record.storage_id), tags={"partition": str(record.partition_key)})
        context.update_cursor(str(record.storage_id))


@dg.sensor(job=sums)
def when_many(context: dg.SensorEvaluationContext):
    event: dg.EventLogEntry | None = context.instance.get_latest_materialization_event(dg.AssetKey("orders"))
    if not event or not event.asset_materialization:
        return dg.SkipReason("never made")
    if event.asset_materialization.metadata["rows"].value < 2:
        return dg.SkipReason("too few")
    made = context.instance.fetch_materializations(dg.AssetRecordsFilter(asset_key=orders.key), limit=1)
    return dg.RunRequest(run_key=made.records[0].run_id)


@dg.sensor(job=sums)
def hands_the_instance_on(context):
    return dg.RunRequest(run_key=newest(context.instance))


def newest(instance: dg.DagsterInstance):
    return instance.get_records_max_run_id()


defs = dg.Definitions(
    assets=[orders, totals], jobs=[sums], sensors=[when_made, when_many, hands_the_instance_on]
)
