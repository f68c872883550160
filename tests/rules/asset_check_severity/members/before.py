from dagster import AssetCheckResult, AssetCheckSeverity, asset_check


@asset_check(asset="gold")
def heavy() -> AssetCheckResult:
    level = AssetCheckSeverity.ERROR if 1 else AssetCheckSeverity.WARN
    return AssetCheckResult(passed=True, severity=level)
