from dagster import AssetIn, AssetOut, AssetSelection, Definitions, asset, define_asset_job, multi_asset


@asset(key_prefix="raw")
def orders() -> list[int]:
    return [1, 2]


@multi_asset(
    ins={"orders": AssetIn(["raw", "orders"])},
    outs={"large": AssetOut(), "small": AssetOut()},
)
def sizes(orders: list[int]):
    return [o for o in orders if o > 1], [o for o in orders if o < 2]


@asset(ins={"orders": AssetIn(["raw", "orders"])})
def report(orders: list[int], large: list[int]) -> int:
    """Needs what the first job makes."""
    return len(orders) + len(large)


@asset
def printed(report: int) -> None:
    print(report)


defs = Definitions(
    assets=[orders, sizes, report, printed],
    jobs=[
        define_asset_job("made", AssetSelection.assets(["raw", "orders"], "large", "small")),
        define_asset_job("reported", AssetSelection.assets("report", "printed")),
    ],
)
