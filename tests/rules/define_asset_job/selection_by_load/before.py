from dagster import Definitions, asset, define_asset_job, load_assets_from_current_module


@asset
def one() -> int:
    return 1


@asset
def two(one: int) -> int:
    return one


loaded = load_assets_from_current_module()
job = define_asset_job("both", selection=loaded)
defs = Definitions(assets=loaded, jobs=[job])
