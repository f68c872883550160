"""Assets that a factory names `1` and `2`: a name in Dagster may begin with a digit, one in Python may not."""

from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import MaterializingTask

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://first", properties=AssetProperties(name="first")),
    cache_policy=NO_CACHE,
)
def first() -> int:
    return 10


def part(number: str) -> MaterializingTask[..., Any]:
    @materialize(
        Asset(key=f"asset://{number}", properties=AssetProperties(name=number)),
        name=number,
        asset_deps=["asset://first"],
        cache_policy=NO_CACHE,
    )
    def one(first: int) -> int:
        return first + int(number)

    return one


parts = [part(str(number)) for number in range(1, 3)]


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    first_future = first.submit()
    _1_future = parts[0].submit(first_future)
    _2_future = parts[1].submit(first_future)
    return settle(first=first_future, _1=_1_future, _2=_2_future)
