from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.observations import Observation, observes


@task(name="stripe__charges", tags=["group:stripe", "tier:raw"], cache_policy=NO_CACHE)
@observes("asset://stripe/charges")
def charges_seen():
    """Charges, as Stripe syncs them."""
    get_run_logger().info("looking")
    return "7"


@task(cache_policy=NO_CACHE)
@observes("asset://coupons")
def coupons():
    return Observation(metadata={"rows": 12}, data_version="1")


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    asset_deps=["asset://stripe/charges", "asset://coupons"],
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@flow(name="look", task_runner=ThreadPoolTaskRunner())
def look() -> State[Any]:
    stripe__charges_future = charges_seen.submit()
    return settle(stripe__charges=stripe__charges_future)


@flow(name="make", task_runner=ThreadPoolTaskRunner())
def make() -> State[Any]:
    gold_future = gold.submit()
    return settle(gold=gold_future)
