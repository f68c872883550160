import os

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

PREFIX = "wild"


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    tags=["group:" + os.getenv("GROUP", "birds")],
    cache_policy=NO_CACHE,
)
def ducks() -> int:
    return 1


@materialize(
    Asset(key="asset://geese", properties=AssetProperties(name="geese")),
    tags=["group:" + (os.environ["GROUP"] + PREFIX), "team:birds"],
    cache_policy=NO_CACHE,
)
def geese() -> int:
    return 1
