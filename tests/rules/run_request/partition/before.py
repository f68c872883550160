from dagster import Definitions, RunRequest, asset, define_asset_job, sensor


@asset
def gold() -> int:
    return 1


count = define_asset_job("count")


@sensor(job=count)
def inbox(context):
    return RunRequest(run_key="a", partition_key="2025")


defs = Definitions(assets=[gold], jobs=[count], sensors=[inbox])
