from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


real_prefix = []


def real_key(name: str) -> Any:
    return "asset://" + "/".join([*real_prefix, name])


@materialize(
    Asset(key="asset://raw", properties=AssetProperties(name="raw")),
    cache_policy=NO_CACHE,
)
def raw() -> None:
    ...


@materialize(
    Asset(key="asset://clean", properties=AssetProperties(name="clean")),
    asset_deps=["asset://raw"],
    cache_policy=NO_CACHE,
)
def clean() -> None:
    ...


tried_prefix = ["trial"]


def tried_key(name: str) -> Any:
    return "asset://" + "/".join([*tried_prefix, name])


@materialize(
    Asset(key="asset://trial/raw", properties=AssetProperties(name="raw")),
    name="raw",
    cache_policy=NO_CACHE,
)
def raw_2() -> None:
    ...


@materialize(
    Asset(key="asset://trial/clean", properties=AssetProperties(name="clean")),
    name="clean",
    asset_deps=["asset://trial/raw"],
    cache_policy=NO_CACHE,
)
def clean_2() -> None:
    ...
