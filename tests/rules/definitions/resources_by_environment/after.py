import os
from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.io import store


class Api(BaseModel):
    host: str


class Files(BaseModel):
    folder: str

    def handle_output(self, context, obj):
        print(self.folder, obj)

    def load_input(self, context):
        return self.folder


class Bucket(Files):
    key: str


environment = os.getenv("ENVIRONMENT", "dev")


def local_files() -> Files:
    return Files(folder="data")


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(api: Api, mail: Api, clock: Api, io_manager: Any) -> str:
    return store(io_manager, "asset://orders", api.host + mail.host + clock.host)


def api() -> Api:
    return Api(host=os.environ["HOST"])


def io_manager() -> Any:
    if environment == "dev":
        return local_files()
    if environment == "production":
        return Bucket(folder="s3", key=os.environ["KEY"])
    raise KeyError("no case of the definitions provides the resource io_manager")


def mail() -> Api:
    if environment == "dev":
        return Api(host="nobody")
    if environment == "production":
        return Api(host=os.environ["MAIL"])
    raise KeyError("no case of the definitions provides the resource mail")


def only_here() -> Api:
    if environment == "production":
        return Api(host="x")
    raise KeyError("no case of the definitions provides the resource only_here")


def clock() -> Api:
    if environment == "production":
        return Api(host="production")
    return Api(host="elsewhere")
