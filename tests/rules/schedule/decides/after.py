from typing import Any
from zoneinfo import ZoneInfo

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


@flow(name="count", task_runner=ThreadPoolTaskRunner())
def count() -> State[Any]:
    gold_future = gold.submit()
    return settle(gold=gold_future)


@flow(name="monthly")
def monthly() -> int:
    """First of the month."""
    return launch("monthly", _monthly, deployment="count/count")


def _monthly(context: SensorContext) -> RunRequest | SkipReason:
    if context.scheduled_execution_time.astimezone(ZoneInfo("America/New_York")).month == 1:
        return SkipReason("not in January")
    return RunRequest(run_key=str(context.scheduled_execution_time.astimezone(ZoneInfo("America/New_York"))), tags={"why": "monthly"})
