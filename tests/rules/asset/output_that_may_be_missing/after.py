import random
from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if random.random() < 0.5:
        outputs["result"] = 1
    return outputs


@materialize(
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    cache_policy=NO_CACHE,
)
def silver():
    return 2
