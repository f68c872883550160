from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://raw", properties=AssetProperties(name="raw")),
    cache_policy=NO_CACHE,
)
def raw() -> int:
    return 1


@flow(name="told", task_runner=ThreadPoolTaskRunner(max_workers=2))
def told() -> State[Any]:
    raw_future = raw.submit()
    return settle(raw=raw_future)


def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:12: define_asset_job untold: its selection cannot be resolved "
        "by reading: a part of it is worked out when the code runs. Write the "
        "flow by hand."
    )
