from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, launch
from prefect_support.watched_assets import WatchedAssets, watching


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return 1


@materialize(
    Asset(key="asset://two", properties=AssetProperties(name="two")),
    cache_policy=NO_CACHE,
)
def two() -> int:
    return 2


@task(cache_policy=NO_CACHE)
def load() -> None:
    ...


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    load_future = load.submit()
    return settle(load=load_future)


@flow(name="both")
def both() -> int:
    return launch(
        "both",
        watching(["asset://one", "asset://two"], _both),
        deployment="daily/daily",
    )


def _both(context: WatchedAssets) -> RunRequest:
    if all(context.latest_materialization_records_by_key().values()):
        context.advance_all_cursors()
        return RunRequest()


@flow(name="second")
def second() -> int:
    return launch(
        "second", watching(["asset://two"], _second), deployment="daily/daily"
    )


def _second(context: WatchedAssets) -> RunRequest:
    if all(context.latest_materialization_records_by_key().values()):
        context.advance_all_cursors()
        return RunRequest()
