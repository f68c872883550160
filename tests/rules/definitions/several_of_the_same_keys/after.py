"""Code locations that make assets of one key: a selection means those of its own location."""

from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://raw", properties=AssetProperties(name="raw")),
    name="raw",
    cache_policy=NO_CACHE,
)
def raw_north() -> str:
    return "north"


@materialize(
    Asset(key="asset://raw", properties=AssetProperties(name="raw")),
    name="raw",
    cache_policy=NO_CACHE,
)
def raw_south() -> str:
    return "south"


@materialize(
    Asset(key="asset://north", properties=AssetProperties(name="north")),
    asset_deps=["asset://raw"],
    cache_policy=NO_CACHE,
)
def north(raw: str) -> str:
    return f"{raw}!"


@materialize(
    Asset(key="asset://south", properties=AssetProperties(name="south")),
    asset_deps=["asset://raw"],
    cache_policy=NO_CACHE,
)
def south(raw: str) -> str:
    return f"{raw}?"


@flow(name="everything_north", task_runner=ThreadPoolTaskRunner())
def everything_north() -> State[Any]:
    raw_future = raw_north.submit()
    north_future = north.submit(raw_future)
    return settle(raw=raw_future, north=north_future)


@flow(name="everything_south", task_runner=ThreadPoolTaskRunner())
def everything_south() -> State[Any]:
    raw_future = raw_south.submit()
    south_future = south.submit(raw_future)
    return settle(raw=raw_future, south=south_future)
