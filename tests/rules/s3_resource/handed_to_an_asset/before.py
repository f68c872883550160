import dagster as dg
from dagster_aws import S3Resource


class Named(S3Resource):
    label: str = ""


second = S3Resource()


@dg.asset
def report(client: S3Resource) -> None:
    client.get_client().list_buckets()


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[report], jobs=[everything], resources={"second": second, "named": Named(), "client": S3Resource(region_name="eu-west-1", aws_access_key_id=dg.EnvVar("SECRET").get_value())})
