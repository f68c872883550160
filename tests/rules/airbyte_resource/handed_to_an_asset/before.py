from dagster import Definitions, EnvVar, asset
from dagster_airbyte import AirbyteResource, airbyte_resource

CONFIG = {"host": "older", "password": {"env": "AIRBYTE_PASSWORD"}}


@asset
def stripe(airbyte: AirbyteResource) -> None:
    airbyte.sync_and_poll("87b7fe85", poll_timeout=600)


@asset(required_resource_keys={"older"})
def github(context) -> None:
    context.resources.older.sync_and_poll("1a2b3c4d")


defs = Definitions(
    assets=[stripe, github],
    resources={
        "airbyte": AirbyteResource(host="localhost", port="8000", password=EnvVar("AIRBYTE_PASSWORD")),
        "older": airbyte_resource.configured({**CONFIG, "port": "8001", "host": "newer"}),
    },
)
