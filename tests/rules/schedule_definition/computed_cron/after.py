from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@flow(name="refresh", task_runner=ThreadPoolTaskRunner())
def refresh() -> State[Any]:
    gold_future = gold.submit()
    return settle(gold=gold_future)


def nightly(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:12: ScheduleDefinition nightly: its cron line or time zone "
        "cannot be told by reading. Write a deployment in prefect.yaml."
    )
