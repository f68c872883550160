from collections.abc import Iterator
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SkipReason, launch, parameters_of
from prefect_support.watched_assets import WatchedAssets, watching


@materialize(
    Asset(
        key="asset://ducks",
        properties=AssetProperties(name="ducks", description="Counted."),
    ),
    cache_policy=NO_CACHE,
)
def ducks() -> None:
    """Counted."""


@materialize(
    Asset(
        key="asset://pond/geese",
        properties=AssetProperties(name="geese", description="Counted."),
    ),
    cache_policy=NO_CACHE,
)
def geese() -> None:
    """Counted."""


@materialize(
    Asset(
        key="asset://birds",
        properties=AssetProperties(name="birds", description="All of them."),
    ),
    asset_deps=["asset://ducks", "asset://pond/geese"],
    cache_policy=NO_CACHE,
)
def birds() -> None:
    """All of them."""


@flow(name="birds_job", task_runner=ThreadPoolTaskRunner())
def birds_job() -> State[Any]:
    birds_future = birds.submit()
    return settle(birds=birds_future)


# when both were counted
@flow(name="both_counted")
def both_counted() -> int:
    """Counts all."""
    return launch(
        "both_counted",
        watching(["asset://ducks", "asset://pond/geese"], _both_counted),
        deployment="birds_job/birds_job",
    )


def _both_counted(context: WatchedAssets) -> RunRequest | SkipReason:
    records = context.latest_materialization_records_by_key()
    if all(records.values()):
        context.advance_all_cursors()
        return RunRequest(parameters=parameters_of({}))
    return SkipReason("not yet")


@flow(name="each_counted_assets", task_runner=ThreadPoolTaskRunner())
def each_counted_assets() -> State[Any]:
    birds_future = birds.submit()
    return settle(birds=birds_future)


@flow(name="each_counted")
def each_counted() -> int:
    return launch(
        "each_counted",
        watching(["asset://ducks", "asset://pond/geese"], _each_counted),
        deployment="each_counted_assets/each_counted_assets",
    )


def _each_counted(context: WatchedAssets) -> Iterator[RunRequest]:
    for key in context.asset_keys:
        for record in context.materialization_records_for_key(key, limit=5):
            yield RunRequest(run_key=str(record.storage_id), tags={"of": key.to_user_string()})
            context.advance_cursor({key: record})
