"""The config as a dictionary: all of it, without what was not given."""

from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import store as prefect_store


class Store:
    def __init__(self, config) -> None:
        self.config = config

    def handle_output(self, context, obj) -> None:
        print(self.config, obj)

    def load_input(self, context):
        return self.config


def store(host: str, port: int = 5432):
    return Store({"host": host, "port": port})


def database(host: str, port: int | None = None):
    config = {key: value for key, value in {"host": host, "port": port}.items() if value is not None}
    return (config["host"], config.get("port", 5432), port if port is not None else 1)


def free(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:29: context.resource_config without fields (line 30) has no "
        "counterpart. Name the fields: each is a parameter of the function."
    )
    # return context.resource_config


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks(database: Any, free: Any, io_manager: Any) -> int:
    return prefect_store(io_manager, "asset://ducks", len(database))


def io_manager_resource() -> Any:
    return store(host="here")


def database_resource() -> Any:
    return database(host="there")
