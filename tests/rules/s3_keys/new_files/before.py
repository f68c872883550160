from dagster import Definitions, RunRequest, SkipReason, asset, define_asset_job, sensor
from dagster_aws.s3.sensor import get_s3_keys


@asset
def files() -> None:
    """What lies there."""


files_job = define_asset_job("files_job", selection=[files])


@sensor(job=files_job)
def new_files(context):
    keys = get_s3_keys("lake", prefix="raw/", since_key=context.cursor or None)
    if not keys:
        return SkipReason("nothing new")
    context.update_cursor(keys[-1])
    return [RunRequest(run_key=key) for key in keys]


defs = Definitions(assets=[files], jobs=[files_job], sensors=[new_files])
