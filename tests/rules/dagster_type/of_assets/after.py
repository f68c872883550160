from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import store
from prefect_support.pickled_files import PickledFiles
from prefect_support.value_types import ValueType, typed

Even = ValueType(lambda _, value: value % 2 == 0, name="Even")


def of_config(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:7: @dagster_type_loader has no rule. Write it by hand, or ask "
        "for a rule."
    )
    # return config["n"]


def Loaded(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:11: DagsterType Loaded: its loader has no counterpart. Load "
        "the value in the task, and check it with a ValueType."
    )


@materialize(
    Asset(key="asset://two", properties=AssetProperties(name="two")),
    cache_policy=NO_CACHE,
)
def two() -> int:
    return store(PickledFiles(), "asset://two", Even.demanded(2))


@materialize(
    Asset(key="asset://three", properties=AssetProperties(name="three")),
    cache_policy=NO_CACHE,
)
def three() -> int:
    return 3


@materialize(
    Asset(key="asset://stored", properties=AssetProperties(name="stored")),
    cache_policy=NO_CACHE,
)
def stored(files: PickledFiles) -> int:
    return store(files, "asset://stored", Even.demanded(4))


@materialize(
    Asset(key="asset://four", properties=AssetProperties(name="four")),
    asset_deps=["asset://two"],
    cache_policy=NO_CACHE,
)
@typed(two=Even)
def four(two: int) -> int:
    return two + 2


def files() -> PickledFiles:
    return PickledFiles()


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    two_future = two.submit()
    three_future = three.submit()
    return settle(two=two_future, three=three_future)
