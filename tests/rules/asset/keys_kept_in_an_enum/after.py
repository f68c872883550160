from enum import Enum
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.io import store


class Keys(Enum):
    FILES = "files"
    SCALES = "scales"


class Names(str, Enum):
    GROUP = "metals"


class Constants:
    OWNER = "team:ore"


class Files(BaseModel):
    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return 1


class Scales(BaseModel):
    unit: str = "g"


def scales() -> Scales:
    return Scales()


@materialize(
    Asset(
        key="asset://gold", properties=AssetProperties(name="gold", owners=["team:ore"])
    ),
    tags=["group:metals"],
    cache_policy=NO_CACHE,
)
def gold(scales: Scales, files: Files) -> int:
    return store(files, "asset://gold", 1)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    scales_resource = scales()
    files_resource = files()

    gold_future = gold.submit(scales_resource, files_resource)
    return settle(gold=gold_future)


def files() -> Files:
    return Files()
