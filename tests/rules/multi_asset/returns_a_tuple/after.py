from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    cache_policy=NO_CACHE,
)
def count() -> dict[str, Any]:
    return {"gold": 1, "silver": 2}
