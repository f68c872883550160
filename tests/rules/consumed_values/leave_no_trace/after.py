from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    cache_policy=NO_CACHE,
)
def metals() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    outputs["gold"] = 1
    outputs["silver"] = 2
    return outputs


@materialize(
    Asset(key="asset://wealth", properties=AssetProperties(name="wealth")),
    asset_deps=["asset://silver", "asset://gold"],
    cache_policy=NO_CACHE,
)
def wealth(gold: int) -> int:
    return gold
