import os

from dagster import Definitions, Field, asset, define_asset_job
from dagster_docker import PipesDockerClient
import dagster as dg


# how many there are
@asset(config_schema={"rows": Field(int, default_value=3), "name": str})
def counted(context) -> int:
    context.log.info(context.op_config["name"])
    return context.op_config["rows"]


@asset(config_schema=os.environ)
def untold(context) -> int:
    return context.op_config["rows"]


@asset
def outside(context: dg.AssetExecutionContext, client: PipesDockerClient) -> object:
    return client.run(command=["true"], context=context)


count = define_asset_job("count", selection=[counted])
defs = Definitions(assets=[counted, untold, outside], jobs=[count])
