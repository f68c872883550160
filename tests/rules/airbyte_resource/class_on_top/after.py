from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.airbyte_server import AirbyteServer


class Own(AirbyteServer):
    place: str = "here"

    def nightly(self):
        return self.sync_and_poll


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(own: Own, kept: AirbyteServer) -> str:
    return str(kept) + str(own.nightly())


def kept() -> AirbyteServer:
    return AirbyteServer(host="here", port="8000")


def own() -> Own:
    return Own(host="here", port="8000")
