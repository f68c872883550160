from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


def decide(context):
    return RunRequest()


@flow(name="make", task_runner=ThreadPoolTaskRunner())
def make() -> State[Any]:
    gold_future = gold.submit()
    return settle(gold=gold_future)


def each(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: ScheduleDefinition each: its execution_fn decides at each "
        "tick what is run. Write it as a function below @schedule, and convert "
        "again."
    )


def some(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: ScheduleDefinition some: its tags_fn, should_execute "
        "decides at each tick what is run. Write it as a function below "
        "@schedule, and convert again."
    )
