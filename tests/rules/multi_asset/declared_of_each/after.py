from typing import Any

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://gold", properties=AssetProperties(name="gold", owners=["team:ore"])
    ),
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    tags=["kind:python", "pool:scales", "kind:s3", "rare"],
    cache_policy=NO_CACHE,
)
def metals() -> dict[str, Any]:
    add_asset_metadata("asset://gold", {"colour": "yellow"})
    return {"gold": 1, "silver": 2}


@materialize(
    Asset(
        key="asset://metals/iron",
        properties=AssetProperties(name="iron", owners=["team:ore"]),
    ),
    Asset(key="asset://zinc", properties=AssetProperties(name="zinc")),
    Asset(key="asset://tin", properties=AssetProperties(name="tin")),
    cache_policy=NO_CACHE,
)
def more() -> None:
    add_asset_metadata("asset://metals/iron", {"colour": "grey"})
