from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_edges import needs


@needs({"asset://gold": ["asset://mine"], "asset://metals/silver": []})
@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    Asset(key="asset://metals/silver", properties=AssetProperties(name="silver")),
    asset_deps=["asset://mine"],
    cache_policy=NO_CACHE,
)
def count() -> None:
    add_asset_metadata("asset://gold", {"ounces": 1})
