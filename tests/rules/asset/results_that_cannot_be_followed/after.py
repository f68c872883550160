from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


def counted(rows):
    raise NotImplementedError(
        "code.py:4: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


print(counted([1]))


@materialize(
    Asset(key="asset://made_twice", properties=AssetProperties(name="made_twice")),
    asset_deps=["asset://flag"],
    cache_policy=NO_CACHE,
)
def made_twice() -> None:
    raise NotImplementedError(
        "code.py:12: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


@materialize(
    Asset(key="asset://forgotten", properties=AssetProperties(name="forgotten")),
    cache_policy=NO_CACHE,
)
def forgotten() -> None:
    raise NotImplementedError(
        "code.py:20: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


@materialize(
    Asset(key="asset://read_again", properties=AssetProperties(name="read_again")),
    cache_policy=NO_CACHE,
)
def read_again() -> None:
    raise NotImplementedError(
        "code.py:28: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    forgotten_future = forgotten.submit()
    read_again_future = read_again.submit()
    return settle(forgotten=forgotten_future, read_again=read_again_future)
