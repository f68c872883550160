import dagster as dg


@dg.multi_asset(outs={"gold": dg.AssetOut(), "silver": dg.AssetOut()})
def count() -> tuple[int, int]:
    return 1, 2
