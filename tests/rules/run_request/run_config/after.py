from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@flow(name="count", task_runner=ThreadPoolTaskRunner())
def count() -> State[Any]:
    gold_future = gold.submit()
    return settle(gold=gold_future)


@flow(name="inbox")
def inbox() -> int:
    return launch("inbox", _inbox, deployment="count/count")


def _inbox(context: SensorContext) -> RunRequest:
    return RunRequest(run_key="a", parameters={})
