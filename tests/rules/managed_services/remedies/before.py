import dagster as dg
from dagster_fivetran import FivetranWorkspace
from dagster_airbyte import AirbyteWorkspace, airbyte_assets

workspace = FivetranWorkspace(account_id="a", api_key="b", api_secret="c")


@airbyte_assets(workspace={"source": "a"})
def moved(context, airbyte: AirbyteWorkspace):
    yield from airbyte.sync_and_poll(context=context)


@dg.asset
def counted() -> int:
    dg.DagsterInstance.get()
    return 1


@dg.asset
def plain() -> int:
    return 1


defs = dg.Definitions(assets=[moved, counted, plain], resources={"airbyte": AirbyteWorkspace(), "f": workspace})
