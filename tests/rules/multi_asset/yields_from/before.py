from dagster import AssetKey, AssetOut, AssetSpec, Definitions, MaterializeResult, Output, multi_asset


def elsewhere():
    yield Output(1, output_name="e")


@multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
def comprehended():
    # each by its name
    yield from (Output(len(name), output_name=name) for name in ["a", "b", ""] if name)


@multi_asset(specs=[AssetSpec("c"), AssetSpec(["x", "d"])])
def displayed():
    yield from [
        MaterializeResult(asset_key="c", metadata={"rows": 1}),
        MaterializeResult(asset_key=AssetKey(["x", "d"]), metadata={"rows": 2}),
    ]


@multi_asset(outs={"e": AssetOut(), "f": AssetOut(is_required=False)})
def handed_on():
    yield from elsewhere()


defs = Definitions([comprehended, displayed, handed_on])
