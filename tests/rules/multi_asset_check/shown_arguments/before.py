import dagster as dg


@dg.multi_asset_check(specs=[dg.AssetCheckSpec("weighs", asset="gold")], compute_kind="sql", pool="scales")
def weighing():
    yield dg.AssetCheckResult(check_name="weighs", asset_key="gold", passed=True)
