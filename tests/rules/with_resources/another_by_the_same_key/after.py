"""One key, two resources: no flow tells which of them an asset is given."""

from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def red():
    return "red"


def blue():
    return "blue"


@materialize(
    Asset(key="asset://rose", properties=AssetProperties(name="rose")),
    cache_policy=NO_CACHE,
)
def rose(colour: Any):
    return colour


@materialize(
    Asset(key="asset://sky", properties=AssetProperties(name="sky")),
    cache_policy=NO_CACHE,
)
def sky(colour: Any):
    return colour


def paint(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:31: define_asset_job paint: the resource colour: other assets "
        "are given another. Write the flow by hand."
    )
