from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.validations import CheckResult, validation


@materialize(
    Asset(
        key="asset://warehouse/raw",
        properties=AssetProperties(name="raw", description="As it comes."),
    ),
    tags=["group:core"],
    cache_policy=NO_CACHE,
)
def raw() -> None:
    """As it comes."""


@materialize(
    Asset(
        key="asset://warehouse/clean",
        properties=AssetProperties(name="clean", description="As it should be."),
    ),
    asset_deps=["asset://warehouse/raw"],
    tags=["group:core"],
    cache_policy=NO_CACHE,
)
def clean() -> None:
    """As it should be."""


@validation("asset://warehouse/clean")
def clean_is_clean() -> CheckResult:
    return CheckResult(passed=True)


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    raw_future = raw.submit()
    clean_future = clean.submit(wait_for=[raw_future])
    clean_is_clean_future = clean_is_clean.submit(wait_for=[clean_future])
    return settle(
        raw=raw_future, clean=clean_future, clean_is_clean=clean_is_clean_future
    )
