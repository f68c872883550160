from collections.abc import Iterator
from functools import partial
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.asset_records import Event
from prefect_support.flows import settle
from prefect_support.recorded import event_of
from prefect_support.sensors import RunRequest, SensorContext, react


class Store(BaseModel):
    path: str

    def files(self) -> list[str]:
        return [self.path]


@materialize(
    Asset(
        key="asset://totals",
        properties=AssetProperties(name="totals", description="Their sum."),
    ),
    cache_policy=NO_CACHE,
)
def totals() -> None:
    """Their sum."""


@materialize(
    Asset(
        key="asset://found",
        properties=AssetProperties(name="found", description="What a file gave."),
    ),
    cache_policy=NO_CACHE,
)
def found() -> None:
    """What a file gave."""


@flow(name="files_job", task_runner=ThreadPoolTaskRunner())
def files_job() -> State[Any]:
    found_future = found.submit()
    return settle(found=found_future)


@flow(name="asks_the_store")
def asks_the_store() -> int:
    return react(
        "asks_the_store",
        partial(_asks_the_store, store=store()),
        deployment="files_job/files_job",
    )


def _asks_the_store(context: SensorContext, store: Store) -> Iterator[RunRequest]:
    for file in store.files():
        yield RunRequest(run_key=file)


@flow(name="store_and_event")
def store_and_event(event_id: str) -> int:
    return react(
        "store_and_event",
        partial(_store_and_event, store=store(), made=event_of(event_id)),
        deployment="files_job/files_job",
    )


def _store_and_event(context: SensorContext, store: Store, made: Event) -> Iterator[RunRequest]:
    if store.files():
        yield RunRequest(run_key=str(made.timestamp))


def store() -> Store:
    return Store(path="store")
