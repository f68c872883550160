from typing import Any

from prefect import State, flow
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sling_names import StreamNames
from prefect_support.sling_streams import SlingConnections, sling_streams

REPLICATION = {"source": "A", "target": "B", "streams": {"public.users": {"object": "users"}}}


class Prefixed(StreamNames):
    def __init__(self, target_prefix="RAW"):
        super().__init__(target_prefix=target_prefix)

    def get_group_name(self, stream_definition):
        return "raw"


class Renamed(StreamNames):
    def get_asset_spec(self, stream_definition):
        spec = super().get_asset_spec(stream_definition)
        return spec.replace_attributes(key=f"asset://crm/{stream_definition['name']}", deps=[])


@sling_streams(REPLICATION, names=Prefixed())
def one(sling: SlingConnections) -> None:
    sling.replicate()


@sling_streams(REPLICATION, names=Renamed())
def two(sling: SlingConnections) -> None:
    sling.replicate()


@sling_streams(REPLICATION, names=StreamNames("plain"))
def three(sling: SlingConnections) -> None:
    sling.replicate()


@flow(name="users", task_runner=ThreadPoolTaskRunner())
def users() -> State[Any]:
    sling_resource = sling()

    one_future = one.submit(sling_resource)
    return settle(one=one_future)


def sling() -> SlingConnections:
    return SlingConnections()
