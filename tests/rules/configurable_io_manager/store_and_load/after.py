import json
from pathlib import Path
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.io import IOContext, load, store as prefect_store


class JsonStore(BaseModel):
    """One file an asset."""

    root: str

    def _path(self, context: IOContext) -> Path:
        return Path(self.root, *context.asset_key.path)

    def handle_output(self, context: IOContext, obj) -> None:
        self._path(context).write_text(json.dumps(obj))

    def load_input(self, context: IOContext):
        return json.loads(self._path(context).read_text())


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(store: JsonStore) -> int:
    return prefect_store(store, "asset://gold", 1)


@materialize(
    Asset(key="asset://wealth", properties=AssetProperties(name="wealth")),
    asset_deps=["asset://gold"],
    cache_policy=NO_CACHE,
)
def wealth(store: JsonStore) -> int:
    gold = load(store, "asset://gold")
    return gold * 2


def store() -> JsonStore:
    return JsonStore(root="/safe")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    store_resource = store()

    gold_future = gold.submit(store_resource)
    wealth_future = wealth.submit(store_resource, wait_for=[gold_future])
    return settle(gold=gold_future, wealth=wealth_future)
