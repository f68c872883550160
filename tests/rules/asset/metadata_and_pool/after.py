from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

COMMON = {"team": "ore"}


@materialize(
    Asset(
        key="asset://gold",
        properties=AssetProperties(name="gold", description="Yellow."),
    ),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    """Yellow."""
    add_asset_metadata("asset://gold", {"weight": 3, "docs": "https://example.com"})
    return 1


@materialize(
    Asset(key="asset://metals/silver", properties=AssetProperties(name="silver")),
    asset_deps=["asset://gold"],
    tags=["pool:scales"],
    cache_policy=NO_CACHE,
)
def silver(gold: int) -> None:
    add_asset_metadata("asset://metals/silver", COMMON)
    add_asset_metadata("asset://metals/silver", {"ounces": gold})


@materialize(
    Asset(key="asset://tin", properties=AssetProperties(name="tin")),
    cache_policy=NO_CACHE,
)
def tin() -> None:
    ...
