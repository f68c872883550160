from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    tags=["group:core"],
    cache_policy=NO_CACHE,
)
def orders() -> None:
    ...


@materialize(
    Asset(key="asset://revenue", properties=AssetProperties(name="revenue")),
    asset_deps=["asset://orders"],
    tags=["group:core"],
    cache_policy=NO_CACHE,
)
def revenue() -> None:
    ...
