from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.io import store as prefect_store


class Store(BaseModel):
    def handle_output(self, context, obj) -> None:
        raise NotImplementedError

    def load_input(self, context):
        raise NotImplementedError


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(store: Store) -> int:
    return prefect_store(store, "asset://gold", 1)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    store_resource = store()

    gold_future = gold.submit(store_resource)
    return settle(gold=gold_future)


def store() -> Store:
    return Store()
