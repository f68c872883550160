from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(
        key="asset://raw",
        properties=AssetProperties(name="raw", description="As it comes."),
    ),
    cache_policy=NO_CACHE,
)
def raw() -> None:
    """As it comes."""


@materialize(
    Asset(
        key="asset://clean",
        properties=AssetProperties(name="clean", description="As it should be."),
    ),
    asset_deps=["asset://raw"],
    cache_policy=NO_CACHE,
)
def clean() -> None:
    """As it should be."""


@flow(name="nightly_assets", task_runner=ThreadPoolTaskRunner())
def nightly_assets() -> State[Any]:
    raw_future = raw.submit()
    clean_future = clean.submit(wait_for=[raw_future])
    return settle(raw=raw_future, clean=clean_future)


@flow(name="clean_job", task_runner=ThreadPoolTaskRunner())
def clean_job() -> State[Any]:
    clean_future = clean.submit()
    return settle(clean=clean_future)
