from dagster import AssetOut, Definitions, MaterializeResult, asset, define_asset_job, multi_asset


@asset
def orders() -> list[int]:
    return [4, 5, 6]


@multi_asset(outs={"first": AssetOut(), "last": AssetOut()})
def ends(orders: list[int]):
    return (
        MaterializeResult(asset_key="last", value=orders[-1]),
        MaterializeResult(asset_key="first", value=orders[0], metadata={"rows": len(orders)}),
    )


@asset
def span(first: int, last: int) -> int:
    return last - first


defs = Definitions(assets=[orders, ends, span], jobs=[define_asset_job("everything", selection="*")])
