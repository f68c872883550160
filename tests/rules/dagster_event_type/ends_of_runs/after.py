from collections.abc import Iterator
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.asset_records import EventRecordsFilter, EventType
from prefect_support.flows import settle
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, launch


@materialize(
    Asset(
        key="asset://pond",
        properties=AssetProperties(name="pond", description="Water."),
    ),
    cache_policy=NO_CACHE,
)
def pond() -> None:
    """Water."""


@flow(name="again_assets", task_runner=ThreadPoolTaskRunner())
def again_assets() -> State[Any]:
    pond_future = pond.submit()
    return settle(pond=pond_future)


@flow(name="again")
def again() -> int:
    return launch("again", _again, deployment="again_assets/again_assets")


def _again(context: SensorContext) -> Iterator[RunRequest]:
    failed = EventRecordsFilter(event_type=EventType.RUN_FAILURE, asset_key="asset://pond")
    if Recorded().get_event_records(failed, limit=1):
        yield RunRequest(run_key="pond", deployment="again_assets/again_assets")


@flow(name="after_any_assets", task_runner=ThreadPoolTaskRunner())
def after_any_assets() -> State[Any]:
    pond_future = pond.submit()
    return settle(pond=pond_future)


@flow(name="after_any")
def after_any() -> int:
    return launch(
        "after_any", _after_any, deployment="after_any_assets/after_any_assets"
    )


def _after_any(context: SensorContext) -> Iterator[RunRequest]:
    for kind in (EventType.RUN_SUCCESS, EventType.RUN_CANCELED):
        for record in Recorded().get_event_records(EventRecordsFilter(kind), limit=5):
            yield RunRequest(run_key=record.run_id)
