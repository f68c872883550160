from dagster import (
    AssetCheckResult,
    AssetKey,
    AssetOut,
    Backoff,
    Config,
    Jitter,
    RetryPolicy,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    multi_asset,
)

years = StaticPartitionsDefinition(["2025", "2026", "2027"])


class PriceConfig(Config):
    factor: float = 1.5
    rounded: bool = True


@asset(deps=[AssetKey(["till", "receipts"])], group_name="input", owners=["team:till", "till@example.com"])
def receipts() -> None: ...


@asset(deps=[receipts], partitions_def=years, retry_policy=RetryPolicy(3, 1, Backoff.EXPONENTIAL))
def orders(config: PriceConfig) -> int:
    return 1


@asset(partitions_def=years, group_name="input", retry_policy=RetryPolicy(2, 2, jitter=Jitter.PLUS_MINUS))
def customers() -> int:
    return 1


@multi_asset(
    outs={"best": AssetOut(key=["marts", "best"]), "total": AssetOut(key=["marts", "total"])},
    partitions_def=years,
)
def figures(orders, customers):
    return 1, 2


@asset(partitions_def=years, deps=[AssetKey(["marts", "best"])])
def window() -> None: ...


def published(year):
    @asset(name=f"published_{year}", deps=["window"], group_name="published")
    def one() -> None: ...

    return one


published_years = [published(year) for year in years.get_partition_keys()]


@asset(deps=["window"])
def forgotten() -> None: ...


@asset_check(asset=receipts, blocking=True)
def receipts_exist() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@asset_check(asset=orders)
def orders_are_small() -> AssetCheckResult:
    return AssetCheckResult(passed=True)
