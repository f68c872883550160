from typing import Any

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks() -> None:
    add_asset_metadata("asset://ducks", {"ducks": 2})


@materialize(
    Asset(key="asset://flight", properties=AssetProperties(name="flight")),
    asset_deps=["asset://ducks"],
    cache_policy=NO_CACHE,
)
def flight(ducks: Any) -> None:
    add_asset_metadata("asset://flight", {"flown": 1})


def both(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: define_asset_job both: flight asks for the value of ducks, "
        "which stores none: make it one of its deps. Write the flow by hand."
    )
