from dagster import Definitions, SkipReason, asset, define_asset_job, sensor


@asset
def gold() -> int:
    return 1


count = define_asset_job("count")


@sensor(job=count)
def never(context):
    return SkipReason("never")


defs = Definitions(assets=[gold], jobs=[count], sensors=[never])
