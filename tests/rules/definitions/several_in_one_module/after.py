from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class Store(BaseModel):
    path: str


@materialize(
    Asset(key="asset://raw", properties=AssetProperties(name="raw")),
    cache_policy=NO_CACHE,
)
def raw(store: Store) -> None:
    print(store.path)


def store() -> Store:
    return Store(path="a")


def spare() -> Store:
    return Store(path="b")
