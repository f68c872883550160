import os

from dagster import Definitions, RunRequest, SensorEvaluationContext, SkipReason, asset, define_asset_job, sensor


@asset
def gold() -> int:
    return 1


count = define_asset_job("count")


@sensor(job=count, minimum_interval_seconds=60)
def inbox(context: SensorEvaluationContext):
    # newest first
    for name in sorted(os.listdir("inbox")):
        if name > (context.cursor or ""):
            yield RunRequest(run_key=name)
            context.update_cursor(name)
            return
    yield SkipReason("nothing new")


defs = Definitions(assets=[gold], jobs=[count], sensors=[inbox])
