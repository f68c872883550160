from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> None:
    rows = 3
    if rows == 0:
        return None
    add_asset_metadata("asset://gold", {"rows": rows, "path": "/safe"})


@materialize(
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    cache_policy=NO_CACHE,
)
def silver() -> int:
    add_asset_metadata("asset://silver", {"rows": 2})
    return 2
