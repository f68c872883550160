# nothing of dagster's
from mylib import multi_asset_sensor


@multi_asset_sensor(monitored_assets=["a"])
def watched(context):
    return None
