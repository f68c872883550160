from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks(values: Any) -> int:
    return values["size"]


def values() -> Any:
    raise NotImplementedError(
        "code.py:9: dagster.make_values_resource is not converted. Make it a "
        "parameter of the flows that use it."
    )
