import os

import dagster as dg

ponds = dg.StaticPartitionsDefinition(["north", "south"])


@dg.asset(partitions_def=ponds)
def ducks() -> None:
    """Counted."""


@dg.asset
def birds() -> None:
    """All of them."""


birds_job = dg.define_asset_job("birds_job", selection=[birds])


@dg.multi_asset_sensor(monitored_assets=[dg.AssetKey("ducks")], job=birds_job)
def by_partition(context):
    if context.latest_materialization_records_by_partition(dg.AssetKey("ducks")):
        yield dg.RunRequest()


@dg.multi_asset_sensor(monitored_assets=[dg.AssetKey("ducks")], job=birds_job)
def partitioned(context):
    for record in context.materialization_records_for_key(dg.AssetKey("ducks")):
        yield dg.RunRequest(run_key=record.run_id)


@dg.multi_asset_sensor(monitored_assets=[dg.AssetKey(os.listdir("ponds"))], job=birds_job)
def unknown_assets(context):
    yield dg.RunRequest()


defs = dg.Definitions(
    assets=[ducks, birds], jobs=[birds_job], sensors=[by_partition, partitioned, unknown_assets]
)
