from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.retries import linear


@materialize(
    Asset(
        key="asset://raw/metals/gold",
        properties=AssetProperties(
            name="gold", description="What the safe holds.", owners=["team:vault"]
        ),
    ),
    tags=["group:metals", "kind:duckdb", "kind:python", "tier:1", "hot"],
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@materialize(
    Asset(key="asset://marts/wealth", properties=AssetProperties(name="wealth")),
    name="marts__wealth",
    asset_deps=["asset://rates", "asset://raw/fees", "asset://raw/metals/gold"],
    retries=2,
    retry_delay_seconds=linear(0.5, 2),
    cache_policy=NO_CACHE,
)
def wealth(amount: int) -> float:
    get_run_logger().info("counting")
    add_asset_metadata("asset://marts/wealth", {"ounces": amount})
    return amount * 1.5
