from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://raw/one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return 1


@materialize(
    Asset(key="asset://two", properties=AssetProperties(name="two")),
    Asset(key="asset://three", properties=AssetProperties(name="three")),
    cache_policy=NO_CACHE,
)
def several() -> None:
    ...


@materialize(
    Asset(key="asset://other", properties=AssetProperties(name="other")),
    cache_policy=NO_CACHE,
)
def other() -> None:
    ...


chosen = [one, several]


@flow(name="listed", task_runner=ThreadPoolTaskRunner())
def listed() -> State[Any]:
    one_future = one.submit()
    several_future = several.submit()
    return settle(one=one_future, several=several_future)


@flow(name="joined", task_runner=ThreadPoolTaskRunner())
def joined() -> State[Any]:
    one_future = one.submit()
    several_future = several.submit()
    other_future = other.submit()
    return settle(one=one_future, several=several_future, other=other_future)


@flow(name="spread", task_runner=ThreadPoolTaskRunner())
def spread() -> State[Any]:
    several_future = several.submit()
    return settle(several=several_future)


words = {"other": 1}


@flow(name="by_name", task_runner=ThreadPoolTaskRunner())
def by_name() -> State[Any]:
    other_future = other.submit()
    return settle(other=other_future)
