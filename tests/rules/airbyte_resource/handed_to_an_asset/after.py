import os

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.airbyte_server import AirbyteServer

CONFIG = {"host": "older", "password": {"env": "AIRBYTE_PASSWORD"}}


@materialize(
    Asset(key="asset://stripe", properties=AssetProperties(name="stripe")),
    cache_policy=NO_CACHE,
)
def stripe(airbyte: AirbyteServer) -> None:
    airbyte.sync_and_poll("87b7fe85", poll_timeout=600)


@materialize(
    Asset(key="asset://github", properties=AssetProperties(name="github")),
    cache_policy=NO_CACHE,
)
def github(older: AirbyteServer) -> None:
    older.sync_and_poll("1a2b3c4d")


def airbyte() -> AirbyteServer:
    return AirbyteServer(host="localhost", port="8000", password=os.environ["AIRBYTE_PASSWORD"])


def older() -> AirbyteServer:
    return AirbyteServer(host="newer", password=os.environ["AIRBYTE_PASSWORD"], port="8001")
