import dagster as dg


@dg.asset
def gold() -> int:
    return 1


@dg.asset_check(asset=gold, metadata={"why": "theft"}, compute_kind="python", op_tags={"a": "b"}, pool="scales")
def weighs(gold: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=gold > 0)


@dg.asset_check(asset=gold, automation_condition=dg.AutomationCondition.eager())
def shines(gold: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=gold > 0)
