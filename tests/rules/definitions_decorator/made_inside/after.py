"""A defs module as `dg scaffold` writes it."""

from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch


@materialize(
    Asset(
        key="asset://trips",
        properties=AssetProperties(name="trips", description="All trips."),
    ),
    cache_policy=NO_CACHE,
)
def trips() -> None:
    """All trips."""


# what the loader finds here
@flow(name="trips_job", task_runner=ThreadPoolTaskRunner())
def trips_job() -> State[Any]:
    trips_future = trips.submit()
    return settle(trips=trips_future)


@flow(name="each_morning")
def each_morning() -> int:
    return launch("each_morning", _each_morning, deployment="trips_job/trips_job")


def _each_morning(_context: SensorContext) -> RunRequest:
    return RunRequest()
