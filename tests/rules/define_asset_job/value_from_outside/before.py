from dagster import AssetSelection, Definitions, asset, define_asset_job


@asset
def gold() -> int:
    return 1


@asset
def wealth(gold: int) -> int:
    return gold


only_wealth = define_asset_job("only_wealth", selection=AssetSelection.assets(wealth))
defs = Definitions(assets=[gold, wealth], jobs=[only_wealth])
