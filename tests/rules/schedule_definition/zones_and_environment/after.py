from typing import Any
from zoneinfo import ZoneInfo

import pytz
from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle

HOME = ZoneInfo("America/New_York")
AWAY = pytz.timezone("Asia/Tokyo")


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


# Leave alone: nobody can tell when these tick, or with what.
def sometimes(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:18: ScheduleDefinition sometimes: its cron line or time zone "
        "cannot be told by reading. Write a deployment in prefect.yaml."
    )


def somewhere(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:19: ScheduleDefinition somewhere: its cron line or time zone "
        "cannot be told by reading. Write a deployment in prefect.yaml."
    )


def somehow(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: ScheduleDefinition somehow: its run config cannot be told "
        "by reading. Write a deployment in prefect.yaml."
    )
