from typing import Any

from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import AssetPath


@materialize(
    Asset(key="asset://rows", properties=AssetProperties(name="rows")),
    Asset(key="asset://totals", properties=AssetProperties(name="totals")),
    cache_policy=NO_CACHE,
)
def both() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    get_run_logger().info(f"first {AssetPath(['rows']).to_user_string()}")
    get_run_logger().info(f'then {AssetPath(["totals"]).to_user_string()}')
    outputs["rows"] = 1
    outputs["totals"] = 2
    return outputs
