from dagster import AssetKey, AssetOut, AssetSpec, Definitions, MaterializeResult, Output, multi_asset

LAST = "b"


@multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
def tables():
    for name in ["a"]:
        yield Output(name, output_name=name, metadata={"name": name})
    yield Output(LAST, LAST)


@multi_asset(outs={"k": AssetOut(key=["raw", "k"]), "l": AssetOut(is_required=False)})
def keyed():
    for name in ["k", "l"]:
        yield Output(name, output_name=name, metadata={"name": name})


@multi_asset(specs=[AssetSpec("c"), AssetSpec(["x", "d"])])
def told():
    for key in [AssetKey("c"), AssetKey(["x", "d"])]:
        yield MaterializeResult(asset_key=key, metadata={"rows": 1})


defs = Definitions([tables, keyed, told])
