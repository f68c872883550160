from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://a",
        properties=AssetProperties(
            name="a", description="Of red.", owners=["red@x.com"]
        ),
    ),
    asset_deps=["asset://raw_a"],
    tags=["group:red", "kind:red", "table:a", "team:red", "cpu:1", "pool:p"],
    retries=1,
    cache_policy=NO_CACHE,
)
def a() -> int:
    add_asset_metadata("asset://a", {"team": "red"})
    return 1


@materialize(
    Asset(
        key="asset://b",
        properties=AssetProperties(
            name="b", description="Of blue.", owners=["blue@x.com"]
        ),
    ),
    asset_deps=["asset://raw_b"],
    tags=["group:blue", "kind:blue", "table:b", "team:blue", "cpu:2", "pool:q"],
    cache_policy=NO_CACHE,
)
def b() -> int:
    add_asset_metadata("asset://b", {"team": "blue"})
    return 2
