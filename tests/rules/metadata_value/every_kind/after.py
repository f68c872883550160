from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    add_asset_metadata(
        "asset://gold",
        {
            "ounces": 3,
            "about": "**heavy**",
            "where": "/safe",
            "raw": {"a": 1},
        },
    )
    return 3
