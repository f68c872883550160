import dagster as dg


@dg.asset_check(asset="gold")
def several():
    yield dg.AssetCheckResult(passed=True, asset_key=dg.AssetKey("gold"), check_name="several", metadata={"n": 1})
