from dagster import Definitions, asset, define_asset_job
from dagster_aws.s3.resources import s3_resource


@asset(required_resource_keys={"s3"})
def listed(context) -> None:
    context.resources.s3.list_buckets()


defs = Definitions(assets=[listed], jobs=[define_asset_job("lists")], resources={"s3": s3_resource})
