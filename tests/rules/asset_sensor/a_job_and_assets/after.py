from collections.abc import Iterator
from functools import partial
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.asset_records import Event
from prefect_support.flows import settle
from prefect_support.recorded import event_of
from prefect_support.sensors import RunRequest, SensorContext, react


@materialize(
    Asset(
        key="asset://raw/orders",
        properties=AssetProperties(name="orders", description="As they come."),
    ),
    cache_policy=NO_CACHE,
)
def orders() -> None:
    """As they come."""


@materialize(
    Asset(
        key="asset://totals",
        properties=AssetProperties(name="totals", description="Their sum."),
    ),
    asset_deps=["asset://raw/orders"],
    cache_policy=NO_CACHE,
)
def totals() -> None:
    """Their sum."""


@flow(name="totals_job", task_runner=ThreadPoolTaskRunner())
def totals_job() -> State[Any]:
    totals_future = totals.submit()
    return settle(totals=totals_future)


# whenever orders are there
@flow(name="orders_made")
def orders_made() -> int:
    """Sums them up."""
    return react("orders_made", _orders_made, deployment="totals_job/totals_job")


def _orders_made(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(run_key=context.cursor)


@flow(name="reads_the_event_assets", task_runner=ThreadPoolTaskRunner())
def reads_the_event_assets() -> State[Any]:
    totals_future = totals.submit()
    return settle(totals=totals_future)


@flow(name="by_hand")
def reads_the_event(event_id: str) -> int:
    return react(
        "by_hand",
        partial(_reads_the_event, asset_event=event_of(event_id)),
        deployment="reads_the_event_assets/reads_the_event_assets",
    )


def _reads_the_event(context: SensorContext, asset_event: Event) -> RunRequest:
    return RunRequest(run_key=str(asset_event.timestamp))


def unknown_asset(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:32: its asset cannot be told by reading. Name the asset by a "
        "literal key."
    )
    # return dg.RunRequest()
