from dagster import AssetSpec, MaterializeResult, multi_asset


@multi_asset(specs=[AssetSpec("gold", deps=["mine"]), AssetSpec(["metals", "silver"])])
def count():
    yield MaterializeResult(asset_key="gold", metadata={"ounces": 1})
    yield MaterializeResult(asset_key="metals/silver")
