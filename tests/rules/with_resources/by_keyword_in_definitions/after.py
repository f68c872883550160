"""Bound at the top of a module by keyword; another is given by the Definitions."""

from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def clock():
    return 7


def bell():
    return "ding"


@materialize(
    Asset(key="asset://hour", properties=AssetProperties(name="hour")),
    cache_policy=NO_CACHE,
)
def hour(clock: Any):
    return clock


@materialize(
    Asset(key="asset://rung", properties=AssetProperties(name="rung")),
    asset_deps=["asset://hour"],
    cache_policy=NO_CACHE,
)
def rung(bell: Any, hour):
    return [bell] * hour
