from typing import Any

from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://metals/gold",
        properties=AssetProperties(name="gold", description="Yellow."),
    ),
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    tags=["group:metals"],
    cache_policy=NO_CACHE,
)
def count() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    # gold first
    outputs["gold"] = 1
    add_asset_metadata("asset://metals/gold", {"ounces": 1})
    get_run_logger().info("now the silver")
    outputs["silver"] = 2
    return outputs
