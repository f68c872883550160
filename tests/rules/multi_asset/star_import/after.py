from typing import Any

from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a")),
    Asset(key="asset://b", properties=AssetProperties(name="b")),
    cache_policy=NO_CACHE,
)
def tables() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    for asset in ("a", "b"):
        get_run_logger().info(str(len(asset)))
        print(asset)
    outputs["a"] = 1
    outputs["b"] = 2
    return outputs


@materialize(
    Asset(key="asset://total", properties=AssetProperties(name="total")),
    asset_deps=["asset://a", "asset://b"],
    cache_policy=NO_CACHE,
)
def total(a, b):
    return sum([a, b])
