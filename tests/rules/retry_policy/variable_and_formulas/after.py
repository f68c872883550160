import os

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.retries import constant, exponential, full_jitter, plus_minus

PATIENT = {
    "retries": int(os.environ["RETRIES"]),
    "retry_delay_seconds": full_jitter(constant(2, int(os.environ["RETRIES"]))),
}


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    **PATIENT,
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@materialize(
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    retries=4,
    retry_delay_seconds=plus_minus(exponential(1, 4), 1),
    cache_policy=NO_CACHE,
)
def silver() -> int:
    return 1


@materialize(
    Asset(key="asset://copper", properties=AssetProperties(name="copper")),
    retries=1,
    cache_policy=NO_CACHE,
)
def copper() -> int:
    return 1
