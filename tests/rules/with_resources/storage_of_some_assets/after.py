"""An IO manager for one asset and not for the other: what each is kept by differs."""

from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import load, store


@materialize(
    Asset(key="asset://kept_there", properties=AssetProperties(name="kept_there")),
    cache_policy=NO_CACHE,
)
def kept_there(io_manager: Any):
    return store(io_manager, "asset://kept_there", 1)


@materialize(
    Asset(key="asset://kept_here", properties=AssetProperties(name="kept_here")),
    asset_deps=["asset://kept_there"],
    cache_policy=NO_CACHE,
)
def kept_here(io_manager: Any):
    kept_there = load(io_manager, "asset://kept_there")
    return store(io_manager, "asset://kept_here", kept_there + 1)


def both(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:18: define_asset_job both: the resource io_manager: other "
        "assets are given another. Write the flow by hand."
    )
