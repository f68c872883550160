import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.resources import running


class Safe(BaseModel):
    path: str
    shelves: int = 3

    def setup_for_execution(self) -> None:
        self._open = True


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(safe: Safe) -> int:
    return safe.shelves


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    safe_resource = safe()

    with running(safe_resource):
        gold_future = gold.submit(safe_resource)
        return settle(gold=gold_future)


def safe() -> Safe:
    return Safe(path=os.environ["SAFE"], shelves=int(os.environ["SHELVES"]))
