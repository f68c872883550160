from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_edges import needs


@needs({"asset://ducks": [], "asset://water": ["asset://ducks"]})
@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    Asset(key="asset://water", properties=AssetProperties(name="water")),
    cache_policy=NO_CACHE,
)
def pond() -> None:
    print("counted")
