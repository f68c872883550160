"""A bucket, with the older spelling in another code location's words."""

from dagster import DailyPartitionsDefinition, Definitions, EnvVar, asset
from dagster_aws.s3 import S3PickleIOManager, S3Resource, s3_pickle_io_manager, s3_resource

days = DailyPartitionsDefinition("2024-01-01")


class Ours(S3PickleIOManager):
    def handle_output(self, context, obj):
        print(obj)


variable = S3PickleIOManager(s3_resource=S3Resource(), s3_bucket="other")


@asset(partitions_def=days)
def orders() -> int:
    return 1


@asset(io_manager_key="older")
def total(orders) -> int:
    return sum(orders.values())


defs = Definitions(
    assets=[orders, total],
    resources={
        "io_manager": S3PickleIOManager(
            s3_resource=S3Resource(region_name="eu-central-1"), s3_bucket=EnvVar("BUCKET"), s3_prefix="lake"
        ),
        "older": s3_pickle_io_manager.configured({"s3_bucket": {"env": "BUCKET"}}),
        "s3": s3_resource,
        "variable": variable,
    },
)
