from typing import Any

from prefect import State, flow, get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


class Safe(BaseModel):
    path: str = "/safe"


def look(safe: Safe, partition_key: str, shelf: int) -> int:
    get_run_logger().info(f"shelf {shelf} of {partition_key}")
    return len(safe.path) + shelf


def look_twice(safe: Safe, partition_key: str) -> int:
    return look(safe, partition_key, 1) + look(shelf=2, safe=safe, partition_key=partition_key)


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(safe: Safe, partition_key: str) -> int:
    attempt = (task_run.run_count - 1)
    return look_twice(safe, partition_key) + attempt


@flow(name="count", task_runner=ThreadPoolTaskRunner())
def count(partition_key: str) -> State[Any]:
    safe_resource = safe()

    gold_future = gold.submit(safe_resource, partition_key)
    return settle(gold=gold_future)


def safe() -> Safe:
    return Safe()
