from typing import Any

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask


@task(cache_policy=NO_CACHE)
def fetch() -> int:
    return 1


@materialize(
    Asset(key="asset://both", properties=AssetProperties(name="both")),
    name="both",
    cache_policy=NO_CACHE,
)
def of_graph():
    fetch_future = fetch.submit()
    return fetch_future.result()


@materialize(
    Asset(key="asset://x/fetch", properties=AssetProperties(name="fetch")),
    name="fetch",
    cache_policy=NO_CACHE,
)
def of_op():
    fetch_future = fetch.submit()
    return fetch_future.result()


def annotated(given: MaterializingTask[..., Any]) -> MaterializingTask[..., Any]:
    return given
