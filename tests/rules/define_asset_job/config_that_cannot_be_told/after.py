import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


class Settings(BaseModel, extra="forbid"):
    name: str


@materialize(
    Asset(key="asset://small", properties=AssetProperties(name="small")),
    cache_policy=NO_CACHE,
)
def small(config: Settings) -> str:
    return config.name


def resources(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: define_asset_job resources: its config cannot be told by "
        "reading. Write the flow by hand."
    )


@flow(name="worked_out", task_runner=ThreadPoolTaskRunner())
def worked_out() -> State[Any]:
    small_future = small.submit(Settings.model_validate({"name": os.getcwd()}))
    return settle(small=small_future)
