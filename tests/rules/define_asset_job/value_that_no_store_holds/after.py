from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load
from prefect_support.pickled_files import PickledFiles


@materialize(
    Asset(key="asset://forgotten", properties=AssetProperties(name="forgotten")),
    cache_policy=NO_CACHE,
)
def forgotten() -> int:
    return 1


@materialize(
    Asset(key="asset://reading", properties=AssetProperties(name="reading")),
    asset_deps=["asset://forgotten", "asset://elsewhere"],
    cache_policy=NO_CACHE,
)
def reading(forgotten: int) -> int:
    elsewhere = load(PickledFiles(), "asset://elsewhere")
    return forgotten + elsewhere


def memory() -> Any:
    return None


@flow(name="made", task_runner=ThreadPoolTaskRunner())
def made() -> State[Any]:
    forgotten_future = forgotten.submit()
    return settle(forgotten=forgotten_future)


def read(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:18: define_asset_job read: reading reads forgotten, which this "
        "job does not make and no store holds. Write the flow by hand."
    )
