from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@flow(name="make", task_runner=ThreadPoolTaskRunner())
def make() -> State[Any]:
    gold_future = gold.submit()
    return settle(gold=gold_future)


@flow(name="each")
def each() -> int:
    return launch("each", _each, deployment="make/make")


def _each(context: SensorContext) -> RunRequest:
    return RunRequest()


@flow(name="some")
def some() -> int:
    return launch("some", _some, deployment="make/make")


def _some(context: SensorContext) -> RunRequest | SkipReason:
    if not True:
        return SkipReason("should_execute function for some returned false.")
    return RunRequest(tags={})


def not_read(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:20: ScheduleDefinition not_read: its execution_fn decides at "
        "each tick what is run. Write it as a function below @schedule, and "
        "convert again."
    )
