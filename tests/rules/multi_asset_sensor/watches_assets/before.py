import dagster as dg


@dg.asset
def ducks() -> None:
    """Counted."""


@dg.asset(key_prefix="pond")
def geese() -> None:
    """Counted."""


@dg.asset(deps=[ducks, geese])
def birds() -> None:
    """All of them."""


birds_job = dg.define_asset_job("birds_job", selection=[birds])


# when both were counted
@dg.multi_asset_sensor(
    monitored_assets=[dg.AssetKey("ducks"), dg.AssetKey(["pond", "geese"])],
    job=birds_job,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def both_counted(context: dg.MultiAssetSensorEvaluationContext):
    """Counts all."""
    records = context.latest_materialization_records_by_key()
    if all(records.values()):
        context.advance_all_cursors()
        return dg.RunRequest(run_config={})
    return dg.SkipReason("not yet")


@dg.multi_asset_sensor(monitored_assets=dg.AssetSelection.assets(ducks, geese), request_assets=[birds])
def each_counted(context):
    for key in context.asset_keys:
        for record in context.materialization_records_for_key(key, limit=5):
            yield dg.RunRequest(run_key=str(record.storage_id), tags={"of": key.to_user_string()})
            context.advance_cursor({key: record})


defs = dg.Definitions(assets=[ducks, geese, birds], jobs=[birds_job], sensors=[both_counted, each_counted])
