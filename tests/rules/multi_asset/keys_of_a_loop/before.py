import dagster as dg


@dg.multi_asset(specs=[dg.AssetSpec("left"), dg.AssetSpec(["raw", "right"], deps=["left"])])
def pair():
    for key in ("left", "raw/right"):
        yield dg.MaterializeResult(asset_key=key, metadata={"key": key})


@dg.multi_asset(specs=[dg.AssetSpec("one"), dg.AssetSpec("two")])
def counted():
    for key in [dg.AssetKey("one"), dg.AssetKey(["two"])]:
        yield dg.MaterializeResult(asset_key=key, metadata={"parts": len(key.path)})
