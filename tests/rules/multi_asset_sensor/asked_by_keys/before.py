from dagster import AssetKey, Definitions, RunRequest, asset, job, multi_asset_sensor, op


@asset
def one() -> int:
    return 1


@asset
def two() -> int:
    return 2


@op
def load() -> None: ...


@job
def daily():
    load()


@multi_asset_sensor(asset_keys=[AssetKey("one"), AssetKey("two")], job=daily)
def both(context):
    if all(context.latest_materialization_records_by_key().values()):
        context.advance_all_cursors()
        return RunRequest()


@multi_asset_sensor(asset_keys=["two"], job=daily)
def second(context):
    if all(context.latest_materialization_records_by_key().values()):
        context.advance_all_cursors()
        return RunRequest()


defs = Definitions(assets=[one, two], jobs=[daily], sensors=[both, second])
