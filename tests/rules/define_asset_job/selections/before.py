from dagster import AssetCheckResult, AssetSelection, Definitions, asset, asset_check, define_asset_job, in_process_executor


@asset(group_name="raw")
def mine() -> None: ...


@asset(group_name="raw", deps=[mine])
def gold() -> int:
    return 1


@asset_check(asset=gold, blocking=True)
def enough() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@asset(group_name="marts")
def wealth(gold: int) -> int:
    return gold


@asset(group_name="marts", deps=[wealth])
def report() -> None: ...


raw = AssetSelection.groups("raw")
raw_job = define_asset_job("raw_job", selection=raw)
# everything but the raw
marts_job = define_asset_job("marts_job", selection=AssetSelection.all() - raw - AssetSelection.assets(wealth))
all_job = define_asset_job("all_job", selection=AssetSelection.assets(report).upstream(), description="All.", tags={"a": "b"})

defs = Definitions(
    assets=[mine, gold, wealth, report],
    asset_checks=[enough],
    jobs=[raw_job, marts_job, all_job],
    executor=in_process_executor,
)
