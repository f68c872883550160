from dagster import AssetCheckResult, AssetCheckSpec, Definitions, MaterializeResult, asset, define_asset_job


@asset
def readings() -> MaterializeResult:
    return MaterializeResult(value=[3, 1, 2], metadata={"rows": 3})


@asset
def highest(readings: list[int]) -> MaterializeResult[int]:
    return MaterializeResult(value=max(readings))


@asset(check_specs=[AssetCheckSpec("not_empty", asset="summary")])
def summary(highest: int, readings: list[int]):
    yield MaterializeResult(
        value={"highest": highest, "rows": len(readings)},
        check_results=[AssetCheckResult(passed=bool(readings))],
    )


@asset
def printed(summary: dict[str, int]) -> None:
    print(summary)


defs = Definitions(
    assets=[readings, highest, summary, printed], jobs=[define_asset_job("everything", selection="*")]
)
