from dagster import Definitions, asset, define_asset_job
from dagster_databricks import databricks_client


@asset(required_resource_keys={"bricks"})
def one(context):
    return context.resources.bricks.run()


defs = Definitions(
    assets=[one], jobs=[define_asset_job("ones")], resources={"bricks": databricks_client}
)
