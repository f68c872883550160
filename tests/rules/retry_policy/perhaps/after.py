import os

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.retries import constant

SLOW = os.environ.get("SLOW") == "1"


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    **({"retries": 3} if SLOW else {}),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return 1


@task(
    **({} if SLOW else {"retries": 1, "retry_delay_seconds": constant(2, 1)}),
    cache_policy=NO_CACHE,
)
def two() -> int:
    return 1
