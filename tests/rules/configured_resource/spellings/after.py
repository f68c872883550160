import os
from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def pond(size: int, name: str):
    return size


def load():
    return {"size": int(open("size").read()), "name": ""}


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks(pond: Any) -> int:
    return pond


def loaded() -> Any:
    return pond(**load())


def small() -> Any:
    return pond(size=1, name=os.environ["POND"])


def inline() -> Any:
    return pond(size=2, name="a")
