import dagster as dg
from dagster import AssetCheckExecutionContext, AssetCheckResult, AssetCheckSpec, multi_asset_check


@dg.asset
def ducks() -> int:
    return 3


@multi_asset_check(
    name="farm_checks",
    description="Of the farm.",
    specs=[
        AssetCheckSpec("some", asset=ducks, blocking=True, description="There are some."),
        AssetCheckSpec(name="few", asset=dg.AssetKey(["birds", "geese"])),
    ],
    can_subset=True,
    retry_policy=dg.RetryPolicy(max_retries=2),
)
def counts(context: AssetCheckExecutionContext):
    context.log.info("counting")
    yield AssetCheckResult(check_name="some", asset_key="ducks", passed=True)
    yield AssetCheckResult(check_name="few", asset_key=["birds", "geese"], passed=False)


@multi_asset_check(specs=[AssetCheckSpec(f"check_{n}", asset="ducks") for n in range(2)])
def numbered() -> list[AssetCheckResult]:
    return [AssetCheckResult(check_name=f"check_{n}", passed=True) for n in range(2)]


@multi_asset_check(specs=[AssetCheckSpec("odd", asset=open("key").read())])
def unknown():
    yield AssetCheckResult(passed=True)


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[ducks], asset_checks=[counts, numbered, unknown], jobs=[everything])
