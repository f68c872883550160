import os
from typing import Any
from zoneinfo import ZoneInfo

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch

HOME = ZoneInfo("America/New_York")


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


@flow(name="somewhere")
def somewhere() -> int:
    return launch("somewhere", _somewhere, deployment="refresh/refresh")


def _somewhere(_context: SensorContext) -> RunRequest:
    return RunRequest()


@flow(name="nightly")
def nightly() -> int:
    return launch("nightly", _nightly, deployment="refresh/refresh")


def _nightly(context: SensorContext) -> RunRequest:
    return RunRequest(run_key=context.scheduled_execution_time.astimezone(ZoneInfo("America/New_York")).isoformat())


@flow(name="near")
def near() -> int:
    return launch("near", _near, deployment="refresh/refresh")


def _near(context: SensorContext) -> RunRequest:
    return RunRequest(run_key=context.scheduled_execution_time.astimezone(ZoneInfo(os.getenv("ZONE", "Europe/Paris"))).isoformat())
