import dagster as dg

raw = dg.SourceAsset("raw", group_name="outside")
more = [dg.SourceAsset(key, group_name="outside") for key in ("left", "right")]
specs = [dg.AssetSpec(dg.AssetKey(["made", name]), deps=["raw"]) for name in ("one", "two")]
read_by_code = [dg.AssetSpec("kept")]


@dg.asset(deps=[raw, *more])
def gold() -> int:
    return len(read_by_code)


@dg.multi_asset(specs=specs)
def both():
    yield dg.MaterializeResult(asset_key=dg.AssetKey(["made", "one"]))
    yield dg.MaterializeResult(asset_key=dg.AssetKey(["made", "two"]))


defs = dg.Definitions(assets=[raw, *more, gold, both])
