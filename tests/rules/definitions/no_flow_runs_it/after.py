from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.io import load
from prefect_support.pickled_files import PickledFiles


class Api(BaseModel):
    host: str = "localhost"


@materialize(
    Asset(key="asset://fetched", properties=AssetProperties(name="fetched")),
    cache_policy=NO_CACHE,
)
def fetched(api: Api) -> str:
    return api.host


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    asset_deps=["asset://fetched", "asset://missing"],
    cache_policy=NO_CACHE,
)
def counted(fetched: str) -> int:
    load(PickledFiles(), "asset://missing")
    return len(fetched)


@materialize(
    Asset(key="asset://asked", properties=AssetProperties(name="asked")),
    cache_policy=NO_CACHE,
)
def asked(nobody_has_it: Any) -> str:
    return nobody_has_it.name


@materialize(
    Asset(key="asset://after_it", properties=AssetProperties(name="after_it")),
    asset_deps=["asset://asked"],
    cache_policy=NO_CACHE,
)
def after_it(asked: str) -> str:
    return asked


def api() -> Api:
    return Api()
