from dagster import AssetIn, AssetOut, Nothing, Output, asset, multi_asset


@multi_asset(outs={"gold": AssetOut(), "silver": AssetOut(is_required=False)})
def metals():
    yield Output(1, output_name="gold")
    yield Output(2, "silver")


@asset(ins={"gold": AssetIn(), "silver": AssetIn(dagster_type=Nothing)})
def wealth(gold: int) -> int:
    return gold
