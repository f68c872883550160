from typing import Any

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def numbers() -> list[int]:
    return [1, 2]


@task(cache_policy=NO_CACHE)
def total(given: list[int]) -> int:
    return sum(given)


@task(cache_policy=NO_CACHE)
def said(given: int) -> None:
    print(given)


@materialize(
    Asset(
        key="asset://added",
        properties=AssetProperties(
            name="added", description="What it holds is what its last op returns."
        ),
    ),
    cache_policy=NO_CACHE,
)
def added() -> Any:
    """What it holds is what its last op returns."""
    numbers_future = numbers.submit()
    total_future = total.submit(numbers_future)
    return total_future.result()


@materialize(
    Asset(key="asset://announced", properties=AssetProperties(name="announced")),
    cache_policy=NO_CACHE,
)
def announced() -> None:
    numbers_future = numbers.submit()
    total_future = total.submit(numbers_future)
    said_future = said.submit(total_future)
    said_future.result()


@materialize(
    Asset(key="asset://twice", properties=AssetProperties(name="twice")),
    asset_deps=["asset://added"],
    cache_policy=NO_CACHE,
)
def twice(added: int) -> int:
    return added * 2
