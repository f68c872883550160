import json
from collections.abc import Iterator
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.asset_records import (
    AssetRecordsFilter,
    Event,
    EventRecordsFilter,
    EventType,
)
from prefect_support.flows import settle
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> None:
    add_asset_metadata("asset://orders", {"rows": 3})


@materialize(
    Asset(
        key="asset://totals",
        properties=AssetProperties(name="totals", description="Sums."),
    ),
    cache_policy=NO_CACHE,
)
def totals() -> None:
    """Sums."""


@flow(name="sums", task_runner=ThreadPoolTaskRunner())
def sums() -> State[Any]:
    totals_future = totals.submit()
    return settle(totals=totals_future)


def after(cursor: str | None) -> EventRecordsFilter:
    return EventRecordsFilter(
        event_type=EventType.ASSET_MATERIALIZATION,
        asset_key="asset://orders",
        after_cursor=json.loads(cursor) if cursor else None,
    )


@flow(name="when_made")
def when_made() -> int:
    return launch("when_made", _when_made, deployment="sums/sums")


def _when_made(context: SensorContext) -> Iterator[RunRequest]:
    records = Recorded().get_event_records(after(context.cursor), limit=10, ascending=True)
    for record in records:
        yield RunRequest(run_key=str(record.storage_id), tags={"partition": str(record.partition_key)})
        context.update_cursor(str(record.storage_id))


@flow(name="when_many")
def when_many() -> int:
    return launch("when_many", _when_many, deployment="sums/sums")


def _when_many(context: SensorContext) -> RunRequest | SkipReason:
    event: Event | None = Recorded().get_latest_materialization_event("asset://orders")
    if not event or not event.asset_materialization:
        return SkipReason("never made")
    if event.asset_materialization.metadata["rows"].value < 2:
        return SkipReason("too few")
    made = Recorded().fetch_materializations(AssetRecordsFilter(asset_key="asset://orders"), limit=1)
    return RunRequest(run_key=made.records[0].run_id)


def hands_the_instance_on(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:47: context.instance (line 48) has no counterpart. Ask "
        "Prefect's API with prefect.get_client(), or keep what you need in a "
        "Variable."
    )
    # return dg.RunRequest(run_key=newest(context.instance))


def newest(instance: Any):
    return instance.get_records_max_run_id()
