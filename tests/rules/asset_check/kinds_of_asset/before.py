from dagster import AssetCheckExecutionContext, AssetCheckResult, AssetKey, asset, asset_check

KEY = AssetKey("gold")


@asset
def gold() -> int:
    return 1


@asset_check(asset=gold, blocking=True, description="There is some.")
def is_there(context: AssetCheckExecutionContext, gold: int) -> AssetCheckResult:
    context.log.info("looking")
    return AssetCheckResult(passed=gold > 0)


@asset_check(asset="gold", name="not_too_much")
def limit(gold) -> AssetCheckResult:
    return AssetCheckResult(passed=gold < 100)


@asset_check(asset=KEY)
def by_variable() -> AssetCheckResult:
    return AssetCheckResult(passed=True)
